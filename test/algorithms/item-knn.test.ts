import { rowIndex, rowValues } from '../../math/sparse.ts';
import type { AnyAlgorithm } from '../../recommend/algorithm.ts';
import itemKnn from '../../plugins/algorithms/item-knn/index.ts';
import { Nearest } from '../../plugins/algorithms/item-knn/nearest.ts';
import { scores, similar, train } from './contract.ts';
import { FILMS, world } from './synthetic.ts';

const algorithm = itemKnn.algorithms![0] as AnyAlgorithm;
const { data, tasters } = world(5);
const { neighbours, shrinkage } = itemKnn.config!.parse({}) as { neighbours: number; shrinkage: number };

/** Slow and obvious: every film's preferences as a column. */
const columns = Array.from({ length: FILMS }, () => Array.from({ length: data.preferences.rows }, () => 0));
for (let r = 0; r < data.preferences.rows; r++)
  rowIndex(data.preferences, r).forEach((film, i) => void (columns[film]![r] = rowValues(data.preferences, r)[i]!));
const cosine = (a: number, b: number): number =>
  columns[a]!.reduce((sum, value, r) => sum + value * columns[b]![r]!, 0) / (Math.hypot(...columns[a]!) * Math.hypot(...columns[b]!) + shrinkage);
const all = Array.from({ length: FILMS }, (_, a) => Array.from({ length: FILMS }, (_one, b) => (a === b ? 0 : cosine(a, b))));
/** The similarity that the last of a film's nearest has. */
const bar = all.map((row) => Math.max(1e-9, row.toSorted((a, b) => b - a)[neighbours - 1]!));
const joined = (a: number, b: number): number => (all[a]![b]! >= bar[a]! - 1e-7 || all[a]![b]! >= bar[b]! - 1e-7 ? Math.max(0, all[a]![b]!) : 0);

test('films are joined by their shrunk cosine where one is among the nearest of the other', async () => {
  const model = await train(itemKnn, algorithm, data);
  for (const film of [0, 3, 50]) {
    const near = similar(algorithm, model, film);
    for (let other = 0; other < FILMS; other++) expect(near[other] || 0).toBeCloseTo(joined(film, other), 5);
  }
});

test("scores are sums over the viewer's films of preference × similarity", async () => {
  const model = await train(itemKnn, algorithm, data);
  for (const { viewer } of tasters.slice(0, 5)) {
    const { films, weight } = viewer.preferences;
    const found = scores(algorithm, model, viewer);
    for (let film = 0; film < FILMS - 1; film++) {
      expect(found[film] || 0).toBeCloseTo(
        films.reduce((sum, own, i) => sum + weight[i]! * joined(own, film), 0),
        4,
      );
    }
  }
});

test('the nearest are kept in whatever order the pairs come', () => {
  const kept = (pairs: readonly (readonly [number, number, number])[]): string[] => {
    const nearest = new Nearest(5, 2);
    const found: string[] = [];
    for (const [a, b, similarity] of pairs) nearest.offer(a, b, similarity);
    nearest.each((film, near) => void (film === 0 && found.push(String(near))));
    return found;
  };
  const pairs = [0.1, 0.4, 0.2, 0.3].map((similarity, i) => [0, i + 1, similarity] as const);
  expect(kept(pairs)).toEqual(['2', '4']);
  expect(kept(pairs.toReversed())).toEqual(['2', '4']);
});
