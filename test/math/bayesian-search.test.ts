import { gaussianProcess, type Trial } from '../../math/search/gaussian-process.ts';
import { constrainedImprovement, expectedImprovement } from '../../math/search/improvement.ts';
import { describeWith } from '../shared-data.ts';

interface Vectors {
  items: {
    expected_improvement: {
      vectors: {
        mu: number;
        sigma: number;
        best: number;
        EI?: number;
        guardrail?: { mu: number; sigma: number; limit: string };
        constrained_EI?: number;
      }[];
    };
  };
}
describeWith<Vectors>('vectors/recommender_extras.json', ({ items }) => {
  test.each(items.expected_improvement.vectors)(
    'μ $mu, σ $sigma',
    ({ mu: mean, sigma: deviation, best, EI, guardrail, constrained_EI: constrained }) => {
      if (!guardrail) return expect(expectedImprovement({ mean, deviation }, best)).toBeCloseTo(EI!, 12);
      const limit = { mean: guardrail.mu, deviation: guardrail.sigma, least: Number(guardrail.limit.slice(1)) };
      return expect(constrainedImprovement({ mean, deviation }, best, [limit])).toBeCloseTo(constrained!, 12);
    },
  );
});

const peak = (x: number, y: number): number => Math.exp(-8 * ((x - 0.3) ** 2 + (y - 0.7) ** 2));
const trials = (variance: number): Trial[] =>
  [0, 0.25, 0.5, 0.75, 1].flatMap((x) => [0, 0.25, 0.5, 0.75, 1].map((y) => ({ at: [x, y], value: peak(x, y), variance })));

test('goes through what was tried, and knows less between', () => {
  const predict = gaussianProcess(trials(0));
  for (const { at, value } of trials(0)) {
    expect(predict(at).mean).toBeCloseTo(value, 4);
    expect(predict(at).deviation).toBeLessThan(0.01);
  }
  expect(predict([0.3, 0.7]).mean).toBeCloseTo(1, 1);
  expect(predict([0.6, 0.6]).deviation).toBeGreaterThan(predict([0.5, 0.5]).deviation);
});

test('the search by expected improvement finds the peak in twelve tries', () => {
  const tried: Trial[] = [
    [0, 0],
    [1, 1],
    [0, 1],
    [1, 0],
  ].map(([x, y]) => ({ at: [x!, y!], value: peak(x!, y!), variance: 1e-6 }));
  const grid = Array.from({ length: 441 }, (_, i) => [(i % 21) / 20, Math.floor(i / 21) / 20] as const);
  for (let round = 0; round < 12; round++) {
    const predict = gaussianProcess(tried),
      best = Math.max(...tried.map(({ value }) => value));
    const scored = grid.map((at) => ({ at, gain: expectedImprovement(predict(at), best) }));
    const { at } = scored.reduce((a, b) => (b.gain > a.gain ? b : a));
    tried.push({ at, value: peak(...at), variance: 1e-6 });
  }
  expect(Math.max(...tried.map(({ value }) => value))).toBeGreaterThan(0.95);
});

test('noise is smoothed, equal values are no trouble, one trial is refused', () => {
  const noisy = gaussianProcess([0, 0.25, 0.5, 0.75, 1].map((x, i) => ({ at: [x], value: i % 2 ? 1 : -1, variance: 4 })));
  expect(Math.abs(noisy([0.25]).mean)).toBeLessThan(0.7);
  expect(gaussianProcess([0, 1].map((x) => ({ at: [x], value: 3, variance: 0 })))([0.5]).mean).toBeCloseTo(3, 8);
  expect(expectedImprovement({ mean: 2, deviation: 0 }, 1.5)).toBe(0.5);
  expect(() => gaussianProcess([{ at: [0], value: 1, variance: 0 }])).toThrow(RangeError);
});
