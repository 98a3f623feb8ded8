import { always } from '../../plugins/experiments/results/engine.ts';
import { compare } from '../../plugins/experiments/statistics/engines/compare.ts';
import type { Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import type { ProportionMoments } from '../../plugins/experiments/statistics/moments.ts';
import { repeat, share, successes, type Simulation } from './finding.ts';

const STEP = 100,
  LOOKS = 50,
  RATE = 0.02;
type Arms = readonly [control: ProportionMoments, arm: ProportionMoments];

/** Two arms as they grew from look to look, the one with `kept` of the other's rate. */
function course(kept: number, random: () => number): Arms[] {
  const sums: [number, number] = [0, 0];
  return repeat(LOOKS, (i) => {
    sums[0] += successes(STEP, RATE, random);
    sums[1] += successes(STEP, RATE * kept, random);
    return sums.map((sum): ProportionMoments => ({ kind: 'proportion', n: STEP * (i + 1), sum })) as unknown as Arms;
  });
}

/** Runs in which the whole interval lies below zero at some look. */
const paused = (runs: readonly (readonly Arms[])[], engine: Engine): number =>
  runs.filter((arms) => arms.some(([a, b]) => (compare(engine, a, b, { relative: true })?.interval[1] ?? 0) < 0)).length;

/** What the site itself acts on, looked at from the first hundred viewers on, of something that few do. */
export const guardrails: Simulation = {
  title: 'A guardrail without a margin, 2 % base rate, looked at after each 100 of 5,000 units an arm: runs that are paused',
  runs: { few: 200, many: 4_000 },
  run(runs, random) {
    const [same, worse] = [repeat(runs, () => course(1, random)), repeat(runs, () => course(0.5, random))];
    return [
      share('nothing differs', paused(same, always), runs, 0, 0.025),
      share('nothing differs, by the delta method in place of Fieller’s', paused(same, { kind: 'confidence-sequence', tuning: 500 }), runs, 0, 1),
      share('nothing differs, by the interval of one look', paused(same, { kind: 'fixed' }), runs, 0, 1),
      share('half as many', paused(worse, always), runs, 0.8, 1),
    ];
  },
};
