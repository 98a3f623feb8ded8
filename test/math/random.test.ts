import { normal, seeded, shuffle } from '../../math/random.ts';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('repeats itself for a seed, and only for that seed', () => {
  expect(draws(20, seeded(1))).toEqual(draws(20, seeded(1)));
  const firsts = [0, 1, 2, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 0.1 * 2 ** 53].map((seed) => seeded(seed)());
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('is uniform in [0, 1)', () => {
  const values = draws(20_000, seeded(3));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  const counts = Array.from({ length: 20 }, () => 0);
  for (const value of values) counts[Math.floor(value * 20)]!++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(43.8); // 19 degrees of freedom, p = 0.001
  expect(Math.abs(mean(values.slice(1).map((value, i) => (value - 0.5) * (values[i]! - 0.5))))).toBeLessThan(0.003); // neighbours are not correlated
});

test('draws from the standard normal distribution', () => {
  const random = seeded(4);
  const values = draws(20_000, () => normal(random));
  expect(values.every(Number.isFinite)).toBe(true);
  expect(mean(values)).toBeCloseTo(0, 1);
  expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
  expect(mean(values.map((value) => (Math.abs(value) < 1.96 ? 1 : 0)))).toBeCloseTo(0.95, 2);
});

test('shuffles in place into any order with equal chance', () => {
  const random = seeded(5);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const items = Int32Array.of(1, 2, 3);
    expect(shuffle(items, random)).toBe(items);
    counts.set(items.join(), (counts.get(items.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, p = 0.001
  expect(shuffle([], random)).toEqual([]);
});
