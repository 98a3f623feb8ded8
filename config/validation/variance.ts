import { normal, type Random } from '../../math/random.ts';
import { difference, relativeLift } from '../../plugins/experiments/statistics/lift.ts';
import { proportionMoments, ratioMoments, regressionMoments, type Moments, type RatioMoments } from '../../plugins/experiments/statistics/moments.ts';
import { compare, compareStrata } from '../../plugins/experiments/statistics/engines/compare.ts';
import { sampleRatio } from '../../plugins/experiments/statistics/srm.ts';
import { varianceLeft } from '../../plugins/experiments/statistics/cuped.ts';
import { average, repeat, share, successes, type Simulation } from './finding.ts';

const VIEWERS = 400;
/** A viewer's films shown and clicked: viewers differ in both. */
function viewer(random: Random): [clicks: number, impressions: number] {
  const [impressions, rate] = [1 + Math.floor(20 * random() ** 2), 0.3 * random() ** 2];
  return [successes(impressions, rate, random), impressions];
}
const overImpressions = ({ m, d }: RatioMoments): Moments => ({ kind: 'proportion', n: d, sum: m });

/** Click-through rate: films shown to one viewer are no independent units. */
export const clickThrough: Simulation = {
  title: 'A/A of a click-through rate, 400 viewers an arm: runs with a “difference”',
  runs: { few: 800, many: 20_000 },
  run(runs, random) {
    const arm = (): RatioMoments => ratioMoments(repeat(VIEWERS, () => viewer(random)));
    const pairs = repeat(runs, () => [arm(), arm()] as const);
    const naive = pairs.filter(([a, b]) => difference(overImpressions(a), overImpressions(b))!.pValue < 0.05).length;
    const delta = pairs.filter(([a, b]) => relativeLift(a, b)!.pValue < 0.05).length;
    return [share('binomial over impressions', naive, runs, 0.12, 1), share('delta method', delta, runs, 0.04, 0.065)];
  },
};

const RHO = [0.3, 0.6, 0.9];
/** CUPED leaves 1 − ρ² of the variance, and no more false wins. */
export const cuped: Simulation = {
  title: 'CUPED, 500 units an arm',
  runs: { few: 200, many: 5_000 },
  run(runs, random) {
    const unit = (rho: number): [number, number] => {
      const before = normal(random);
      return [5 + rho * before + Math.sqrt(1 - rho ** 2) * normal(random), before];
    };
    return RHO.flatMap((rho) => {
      const pairs = repeat(runs, () => repeat(2, () => regressionMoments(repeat(500, () => unit(rho)))));
      const wrong = pairs.filter(([a, b]) => compare({ kind: 'fixed' }, a!, b!, { relative: true })!.pValue! < 0.05).length;
      const left = pairs.map(([a, b]) => varianceLeft(a!, b!));
      const expected = 1 - rho ** 2;
      return [average(`ρ ${rho}: variance left`, left, expected - 0.01, expected + 0.01), share(`ρ ${rho}: false wins`, wrong, runs, 0.04, 0.06)];
    });
  },
};

/** Two kinds of viewers that do it with 5 % and 50 %, in a mix that differs between the arms by chance. */
export const stratification: Simulation = {
  title: 'Post-stratification of A/A, 500 units an arm, two kinds of viewers (5 % and 50 %)',
  runs: { few: 400, many: 10_000 },
  run(runs, random) {
    const arm = () => {
      const newcomers = successes(500, 0.5, random);
      return [newcomers, 500 - newcomers].map((n, i) => proportionMoments(repeat(n, () => random() < [0.05, 0.5][i]!)));
    };
    const found = repeat(runs, () => {
      const [a, b] = [arm(), arm()];
      const strata = a.map((control, s) => ({ control, arm: b[s]! }));
      return compareStrata({ kind: 'fixed' }, strata, { relative: false })!;
    });
    const plainError = Math.sqrt((2 * 0.275 * 0.725) / 500);
    return [
      share('false wins', found.filter(({ pValue }) => pValue! < 0.05).length, runs, 0.04, 0.06),
      average(
        'variance left',
        found.map(({ standardError }) => (standardError / plainError) ** 2),
        0.72,
        0.77,
      ),
    ];
  },
};

/** A split that loses units is found; one that does not raises no alarm. */
export const split: Simulation = {
  title: 'Sample ratio mismatch: runs with the alarm (p < .001)',
  runs: { few: 400, many: 10_000 },
  run(runs, random) {
    const alarms = (wanted: number, units: number): number =>
      repeat(runs, () => {
        const arm = successes(units, wanted, random);
        return sampleRatio([
          { units: arm, share: 1 },
          { units: units - arm, share: 1 },
        ]).alarm;
      }).filter(Boolean).length;
    return [
      share('an even split of 10,000', alarms(0.5, 10_000), runs, 0, 0.002),
      share('51 : 49 of 10,000', alarms(0.51, 10_000), runs, 0.06, 0.14),
      share('52 : 48 of 10,000', alarms(0.52, 10_000), runs, 0.7, 0.82),
    ];
  },
};
