import type { Viewer } from '../../recommend/algorithm.ts';
import { rowIndex, rowValues } from '../../math/sparse.ts';
import userKnn from '../../plugins/algorithms/user-knn/index.ts';
import { scores, similar, train } from './contract.ts';
import { FILMS, world } from './synthetic.ts';

const algorithm = userKnn.algorithms![0]!;
const { data, tasters } = world(5);
const { neighbours, shrinkage } = userKnn.config!.parse({}) as { neighbours: number; shrinkage: number };

/** Slow and obvious: every preference in a grid of users × films. */
const spread = (films: Int32Array, weight: Float32Array): number[] => {
  const row = Array.from({ length: FILMS }, () => 0);
  films.forEach((film, i) => {
    row[film] = weight[i]!;
  });
  return row;
};
const grid = Array.from({ length: data.ratings.rows }, (_, user) => spread(rowIndex(data.preferences, user), rowValues(data.preferences, user)));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const likeness = (a: readonly number[], b: readonly number[]): number => dot(a, b) / (Math.hypot(...a) * Math.hypot(...b) + shrinkage);

const rowOf = (viewer: Viewer): number[] => spread(viewer.preferences.films, viewer.preferences.weight);
const nearest = (viewer: Viewer): { user: number[]; similarity: number }[] =>
  grid
    .map((user) => ({ user, similarity: likeness(rowOf(viewer), user) }))
    .filter(({ similarity }) => similarity > 0)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, neighbours);

test('scores are sums over the nearest viewers, by similarity', async () => {
  const model = await train(userKnn, algorithm, data);
  for (const { viewer } of tasters.slice(0, 10)) {
    const near = nearest(viewer);
    const found = scores(algorithm, model, viewer);
    for (let film = 0; film < FILMS - 1; film++) {
      const expected = near.reduce((sum, { user, similarity }) => sum + similarity * user[film]!, 0);
      if (!Number.isNaN(found[film]!)) expect(found[film]).toBeCloseTo(expected, 4);
      else expect(grid.every((user) => user[film] === 0)).toBe(true);
    }
  }
});

test('shares are the parts of that sum that go through each film of the history', async () => {
  const model = await train(userKnn, algorithm, data);
  const { viewer, next } = tasters[0]!;
  const own = rowOf(viewer);
  const part = (film: number): number =>
    own[film]! <= 0
      ? 0
      : nearest(viewer).reduce(
          (sum, { user }) => sum + (user[next[0]!]! * own[film]! * user[film]!) / (Math.hypot(...own) * Math.hypot(...user) + shrinkage),
          0,
        );
  const total = [...viewer.films].reduce((sum, film) => sum + Math.max(0, part(film)), 0);
  const reasons = algorithm.explain!(model, viewer, next[0]!);
  expect(reasons.length).toBeGreaterThan(2);
  for (const reason of reasons) expect('film' in reason && Math.abs(reason.share - part(reason.film) / total)).toBeLessThan(1e-4);
});

test('similarity is the shrunk cosine of two films', async () => {
  const model = await train(userKnn, algorithm, data);
  const column = (film: number): number[] => grid.map((user) => user[film]!);
  const near = similar(algorithm, model, 3);
  for (const film of [0, 7, 11, 40]) expect(near[film]).toBeCloseTo(likeness(column(3), column(film)), 4);
});
