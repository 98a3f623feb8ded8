import { seeded } from '../../math/random.ts';
import { difference, relativeLift } from '../../plugins/experiments/statistics/lift.ts';
import type { Effect } from '../../plugins/experiments/statistics/lift.ts';
import { estimate } from '../../plugins/experiments/statistics/estimate.ts';
import { meanMoments, proportionMoments, ratioMoments } from '../../plugins/experiments/statistics/moments.ts';
import type { Moments } from '../../plugins/experiments/statistics/moments.ts';

test('moments and estimates from plain numbers', () => {
  expect(meanMoments([1, 2, 4])).toEqual({ kind: 'mean', n: 3, sum: 7, squares: 21 });
  expect(estimate(meanMoments([1, 2, 4])).variance).toBeCloseTo(7 / 3, 12);
  expect(proportionMoments([true, false, false, true])).toEqual({ kind: 'proportion', n: 4, sum: 2 });
  expect(
    ratioMoments([
      [1, 2],
      [0, 3],
    ]),
  ).toEqual({ kind: 'ratio', n: 2, m: 1, d: 5, mm: 1, dd: 13, md: 2 });
  // With one impression each, the ratio is the mean of the numerator.
  const clicks = [1, 0, 0, 1, 1, 0];
  expect(estimate(ratioMoments(clicks.map((click) => [click, 1] as const)))).toEqual({
    ...estimate(meanMoments(clicks)),
    variance: expect.closeTo(0.3, 12),
  });
});

test('nothing is said without data, variance or a control', () => {
  const some = meanMoments([1, 2, 3]);
  for (const arm of [
    meanMoments([]),
    meanMoments([2]),
    meanMoments([2, 2, 2]),
    ratioMoments([]),
    ratioMoments([
      [0, 0],
      [0, 0],
    ]),
  ]) {
    expect(difference(some, arm)).toBeUndefined();
    expect(relativeLift(arm, some)).toBeUndefined();
  }
  expect(relativeLift(meanMoments([-1, 1]), some)).toBeUndefined();
  expect(difference(meanMoments([-1, 1]), some)).toBeDefined();
});

test('on A/A the ratio test is wrong about one time in twenty, where a binomial over impressions is far more often', () => {
  const random = seeded(11);
  const viewer = (): [number, number] => {
    const [impressions, rate] = [1 + Math.floor(20 * random() ** 2), 0.3 * random() ** 2];
    let clicks = 0;
    for (let i = 0; i < impressions; i++) clicks += Number(random() < rate);
    return [clicks, impressions];
  };
  const arm = () => ratioMoments(Array.from({ length: 200 }, viewer));
  const binomial = ({ m, d }: { m: number; d: number }): Moments => ({ kind: 'proportion', n: d, sum: m });
  const runs = Array.from({ length: 800 }, () => [arm(), arm()] as const);
  const wrong = (test: (pair: (typeof runs)[number]) => Effect | undefined): number =>
    runs.filter((pair) => test(pair)!.pValue < 0.05).length / runs.length;
  expect(Math.abs(wrong(([a, b]) => relativeLift(a, b)) - 0.05)).toBeLessThan(0.025);
  expect(wrong(([a, b]) => difference(binomial(a), binomial(b)))).toBeGreaterThan(0.1);
});
