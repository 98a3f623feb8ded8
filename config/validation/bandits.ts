import type { Random } from '../../math/random.ts';
import { batchedEffect, type Batch } from '../../plugins/experiments/statistics/bandit/batches.ts';
import { thompson } from '../../plugins/experiments/statistics/bandit/thompson.ts';
import { difference } from '../../plugins/experiments/statistics/lift.ts';
import type { ProportionMoments } from '../../plugins/experiments/statistics/moments.ts';
import { add } from '../../plugins/experiments/statistics/sums.ts';
import { average, repeat, share, successes, type Simulation } from './finding.ts';

const UNITS = 1_500;
const BATCHES = 12;
const FLOOR = 0.05;
const nobody: ProportionMoments = { kind: 'proportion', n: 0, sum: 0 };

interface Run {
  readonly batches: readonly (readonly ProportionMoments[])[];
  readonly totals: readonly ProportionMoments[];
  readonly shares: readonly number[];
}
/** A bandit over arms with these true rates. */
function bandit(rates: readonly number[], random: Random): Run {
  let shares: readonly number[] = rates.map(() => 1 / rates.length);
  let totals: readonly ProportionMoments[] = rates.map(() => nobody);
  const batches = repeat(BATCHES, () => {
    const batch = rates.map((rate, arm): ProportionMoments => {
      const n = Math.round(UNITS * shares[arm]!);
      return { kind: 'proportion', n, sum: successes(n, rate, random) };
    });
    totals = totals.map((total, arm) => add(total, batch[arm]!));
    shares = thompson(totals, { floor: FLOOR, topTwo: false }).shares ?? shares;
    return batch;
  });
  return { batches, totals, shares };
}
const against = ({ batches }: Run, arm: number): Batch[] => batches.map((batch) => ({ control: batch[0]!, arm: batch[arm]! }));

/** The planted best arm gets the traffic, and its interval holds although the shares followed the data. */
export const bandits: Simulation = {
  title: 'Thompson sampling over three arms, 12 batches of 1,500 units, floor 5 %',
  runs: { few: 30, many: 1_500 },
  run(runs, random) {
    const planted = repeat(runs, () => bandit([0.1, 0.1, 0.13], random));
    const equal = repeat(runs, () => bandit([0.1, 0.1, 0.1], random));
    const inside = planted.filter((run) => {
      const [low, high] = batchedEffect(against(run, 2))!.interval;
      return low <= 0.03 && 0.03 <= high;
    }).length;
    // At any batch, by the bound that is meant for it.
    const ever = equal.filter((run) =>
      repeat(BATCHES, (i) => batchedEffect(against(run, 1).slice(0, i + 1), { anytime: true })!).some(({ pValue }) => pValue < 0.05),
    );
    return [
      share('+30 %: the best arm has the largest share', planted.filter(({ shares }) => shares[2] === Math.max(...shares)).length, runs, 0.95, 1),
      average(
        '+30 %: share of all units that the best arm got',
        planted.map(({ totals }) => totals[2]!.n / (UNITS * BATCHES)),
        0.55,
        0.9,
      ),
      share('+30 %: batched intervals that contain the truth', inside, runs, 0.94, 0.965),
      share('equal arms: false wins, batched', equal.filter((run) => batchedEffect(against(run, 1))!.pValue < 0.05).length, runs, 0.035, 0.06),
      share('equal arms: false wins at any batch, anytime', ever.length, runs, 0, 0.05),
      share(
        'equal arms: false wins of pooled means',
        equal.filter(({ totals }) => difference(totals[0]!, totals[1]!)!.pValue < 0.05).length,
        runs,
        0,
        1,
      ),
      average(
        'equal arms: bias of the arm that ends with the least units',
        equal.map(({ totals }) => totals.reduce((least, arm) => (arm.n < least.n ? arm : least))).map(({ n, sum }) => sum / n - 0.1),
        -0.05,
        0,
      ),
    ];
  },
};
