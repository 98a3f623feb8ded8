import { kmeans } from '../../math/kmeans.ts';
import type { Dense } from '../../math/linear.ts';
import { normal, seeded } from '../../math/random.ts';

const dense = (rows: readonly (readonly number[])[]): Dense => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Float64Array.from(rows.flat()),
});
const middles = [
  [0, 0],
  [10, 0],
  [0, 10],
];
/** Clouds around three middles, in turns. */
const noise = seeded(1);
const clouds = dense(Array.from({ length: 90 }, (_, i) => middles[i % 3]!.map((value) => value + 0.5 * normal(noise))));

test('finds clouds that lie apart, with their means', () => {
  const { labels, centres, inertia } = kmeans(clouds, { clusters: 3, random: seeded(2) });
  for (let i = 0; i < 90; i++) expect(labels[i]).toBe(labels[i % 3]);
  expect(new Set(labels.subarray(0, 3)).size).toBe(3);
  middles.forEach((middle, m) => middle.forEach((value, k) => expect(Math.abs(centres.data[labels[m]! * 2 + k]! - value)).toBeLessThan(0.4)));
  const squares = Array.from({ length: 90 }, (_, i) => [0, 1].map((k) => (clouds.data[2 * i + k]! - centres.data[2 * labels[i]! + k]!) ** 2));
  expect(inertia).toBeCloseTo(squares.flat().reduce((sum, square) => sum + square, 0));
});

test('gives the same answer for the same seed, and a better one the more often it starts', () => {
  const run = (starts: number, clusters = 8) => kmeans(clouds, { clusters, random: seeded(3), starts });
  expect(run(4)).toEqual(run(4));
  expect(run(12).inertia).toBeLessThanOrEqual(run(1).inertia);
});

test('no point is nearer to another centre than to its own', () => {
  const { labels, centres } = kmeans(clouds, { clusters: 5, random: seeded(4) });
  const distance = (i: number, c: number): number => Math.hypot(...[0, 1].map((k) => clouds.data[2 * i + k]! - centres.data[2 * c + k]!));
  labels.forEach((own, i) => {
    for (let c = 0; c < centres.rows; c++) expect(distance(i, own)).toBeLessThanOrEqual(distance(i, c) + 1e-9);
  });
});

test('copes with few points, equal points and none', () => {
  expect(kmeans(dense([[1], [2]]), { clusters: 5, random: seeded(1) })).toMatchObject({ inertia: 0, centres: { rows: 2 } });
  expect(kmeans(dense([[3], [3], [3]]), { clusters: 2, random: seeded(1) })).toMatchObject({ inertia: 0, centres: { data: Float64Array.of(3, 3) } });
  expect(kmeans(dense([]), { clusters: 3, random: seeded(1) })).toMatchObject({ inertia: 0, labels: new Int32Array(), centres: { rows: 0 } });
});
