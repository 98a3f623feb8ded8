import { batchedEffect } from '../../plugins/experiments/statistics/bandit/batches.ts';
import { bestChances, secondChances, type Belief } from '../../plugins/experiments/statistics/bandit/best.ts';
import { thompson, withFloor } from '../../plugins/experiments/statistics/bandit/thompson.ts';
import type { MeanMoments } from '../../plugins/experiments/statistics/moments.ts';
import { describeWith } from '../shared-data.ts';
import { momentsOf, type Statistic } from './recorded.ts';

interface Vectors {
  asserted: Record<string, unknown>;
  vectors: {
    input: { stats: Statistic[]; config: { top_two: boolean; min_variation_weight: number } };
    output: { posterior_mean: number[]; posterior_variance: number[]; response: { bandit_weights: number[]; best_arm_probabilities: number[] } };
  }[];
}
// Contextual bandits (contextual_SSE_trajectory) are not offered: an arm is one for all viewers.
describeWith<Vectors>('vectors/bandit_thompson.json', ({ vectors, asserted }) => {
  test('the floor leaves the rest to the shares, and one that is too large makes them equal', () => {
    expect(Object.keys(asserted)).toEqual(['floor_identity', 'too_large_floor_0.5x4', 'contextual_SSE_trajectory']);
    const weights = [0.4, 0.3, 0.2, 0.1];
    expect(withFloor(weights, 0.1)).toEqual(weights.map((w) => expect.closeTo(0.1 + (1 - 4 * 0.1) * w, 9)));
    expect(withFloor(weights, 0.5)).toEqual(weights.map(() => expect.closeTo(0.25, 12)));
  });
  test.each(vectors)('floor $input.config.min_variation_weight', ({ input: { stats, config }, output }) => {
    const { shares, best, beliefs } = thompson(stats.map(momentsOf), { floor: config.min_variation_weight, topTwo: config.top_two });
    beliefs.forEach(({ mean, deviation }, arm) => {
      expect(mean).toBeCloseTo(output.posterior_mean[arm]!, 12);
      expect(deviation ** 2).toBeCloseTo(output.posterior_variance[arm]!, 12);
    });
    // Drawn there, integrated here.
    shares!.forEach((share, arm) => expect(Math.abs(share - output.response.bandit_weights[arm]!)).toBeLessThan(0.02));
    best.forEach((chance, arm) => expect(Math.abs(chance - output.response.best_arm_probabilities[arm]!)).toBeLessThan(0.02));
  });
});

interface Extras {
  items: { probability_best_exact: { vectors: { mu: number[]; sd: number[]; p_best: number[] }[] } };
}
describeWith<Extras>('vectors/recommender_extras.json', ({ items }) => {
  test.each(items.probability_best_exact.vectors)('best of $mu', ({ mu, sd, p_best: expected }) => {
    const chances = bestChances(mu.map((mean, i) => ({ mean, deviation: sd[i]! })));
    chances.forEach((chance, i) => expect(chance).toBeCloseTo(expected[i]!, 8));
  });
});

test('chances to be best, and second best, are each shared out in full', () => {
  const beliefs: Belief[] = [
    { mean: 0, deviation: 1 },
    { mean: 0.5, deviation: 0.2 },
    { mean: 1, deviation: 2 },
  ];
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  expect(sum(bestChances(beliefs))).toBeCloseTo(1, 6);
  expect(sum(secondChances(beliefs))).toBeCloseTo(1, 6);
});

test('the floor is kept, and shares do not move before every arm has a hundred units', () => {
  expect(withFloor([1, 0, 0], 0.1)).toEqual([0.8, 0.1, 0.1].map((share) => expect.closeTo(share, 12)));
  const arm = (n: number, mean: number): MeanMoments => ({ kind: 'mean', n, sum: n * mean, squares: 2 * n });
  expect(thompson([arm(99, 0.1), arm(5_000, 0.5)], { floor: 0, topTwo: false }).shares).toBeUndefined();
  const [a, b] = thompson([arm(200, 0.1), arm(200, 0.5)], { floor: 0.01, topTwo: false }).shares!;
  const [c, d] = thompson([arm(200, 0.1), arm(200, 0.5)], { floor: 0.01, topTwo: false, inverse: true }).shares!;
  expect([a, b]).toEqual([d, c].map((share) => expect.closeTo(share!, 9)));
  expect(b!).toBeGreaterThan(0.9);
});

test('one batch is the normal test; batches without units of both arms tell nothing', () => {
  const arm = (n: number, sum: number): MeanMoments => ({ kind: 'mean', n, sum, squares: sum });
  const batch = { control: arm(200, 20), arm: arm(200, 40) };
  const one = batchedEffect([batch])!;
  expect(one.effect).toBeCloseTo(0.1, 12);
  expect(batchedEffect([batch, { control: arm(10, 5), arm: arm(900, 90) }])).toEqual(one);
  expect(batchedEffect([])).toBeUndefined();
  const four = batchedEffect([batch, batch, batch, batch])!;
  expect(four.interval[1] - four.interval[0]).toBeCloseTo((one.interval[1] - one.interval[0]) / 2, 3);
  const always = batchedEffect([batch, batch, batch, batch], { anytime: true })!;
  expect(always.interval[0]).toBeLessThan(four.interval[0]);
  expect(always.pValue).toBeGreaterThan(four.pValue);
});

test('a batch without any success still counts: leaving it out would favour the arm', () => {
  const share = (n: number, sum: number) => ({ kind: 'proportion', n, sum }) as const;
  const batches = [
    { control: share(1_000, 100), arm: share(1_000, 100) },
    { control: share(1_000, 100), arm: share(40, 0) },
  ];
  const found = batchedEffect(batches)!;
  expect(found.batches).toBe(2);
  expect(found.effect).toBeLessThan(0);
});
