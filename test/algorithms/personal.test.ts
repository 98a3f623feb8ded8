import type { AnyPlugin } from '../../core/plugin.ts';
import type { AnyAlgorithm, Model } from '../../recommend/algorithm.ts';
import content from '../../plugins/algorithms/content/index.ts';
import ials from '../../plugins/algorithms/ials/index.ts';
import ease from '../../plugins/algorithms/ease/index.ts';
import itemKnn from '../../plugins/algorithms/item-knn/index.ts';
import svd from '../../plugins/algorithms/svd/index.ts';
import userKnn from '../../plugins/algorithms/user-knn/index.ts';
import { scores, train } from './contract.ts';
import { BLANK, GROUPS, groupOf, viewerOf, world } from './synthetic.ts';

const { data, tasters } = world(11);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean score of each taste group, leaving out the films of the history. */
function byGroup(of: Float32Array, seen: Int32Array): number[] {
  return Array.from({ length: GROUPS }, (_, group) =>
    mean(
      [...of.keys()]
        .filter((film) => film < BLANK && groupOf(film) === group && !seen.includes(film) && !Number.isNaN(of[film]!))
        .map((film) => of[film]!),
    ),
  );
}

describe.each<[string, AnyPlugin]>([
  ['content', content],
  ['ials', ials],
  ['svd', svd],
  ['user-knn', userKnn],
])('%s', (_id, plugin) => {
  const algorithm = plugin.algorithms![0] as AnyAlgorithm;
  let model: Model;
  beforeAll(async () => {
    model = await train(plugin, algorithm, data);
  });

  test('has no opinion while there is no history', () => {
    expect(scores(algorithm, model, viewerOf([])).every(Number.isNaN)).toBe(true);
  });

  test.each([0, 1, 2, 3])('follows the very first rating, of a film of group %i', (group) => {
    const viewer = viewerOf([{ film: group, stars: 5 }]);
    const means = byGroup(scores(algorithm, model, viewer), viewer.films);
    expect(means.indexOf(Math.max(...means))).toBe(group);
  });

  test('a low rating pulls its group down, where a high one lifts it', () => {
    const base = [
      { film: 1, stars: 4.5 },
      { film: 5, stars: 4 },
      { film: 9, stars: 4.5 },
    ];
    const groupTwo = (stars: number): number => {
      const viewer = viewerOf([...base, { film: 2, stars }]);
      const means = byGroup(scores(algorithm, model, viewer), viewer.films);
      return means[2]! - means[1]!;
    };
    expect(groupTwo(0.5)).toBeLessThan(groupTwo(5));
  });

  test('explains by films of the same taste', () => {
    const { viewer, next } = tasters[0]!;
    const reasons = algorithm.explain!(model, viewer, next[0]!);
    const same = reasons.filter((reason) => 'film' in reason && groupOf(reason.film) === groupOf(next[0]!));
    expect(same.length).toBeGreaterThan(0);
    expect(mean(same.map((reason) => ('share' in reason ? reason.share : 0))) * same.length).toBeGreaterThan(0.7);
  });
});

/** The score is a sum over the history, so each film's part can be had by asking for it alone. */
describe.each<[string, AnyPlugin]>([
  ['content', content],
  ['ease', ease],
  ['item-knn', itemKnn],
  ['svd', svd],
])('%s', (_id, plugin) => {
  const algorithm = plugin.algorithms![0] as AnyAlgorithm;

  test('shares are exact', async () => {
    const model = await train(plugin, algorithm, data);
    const viewer = viewerOf([0, 4, 8].map((film) => ({ film, stars: NaN }))); // each counts 1
    const target = 12;
    const parts = Array.from(viewer.films, (film) => Math.max(0, scores(algorithm, model, viewerOf([{ film, stars: NaN }]))[target]!));
    const total = parts.reduce((sum, part) => sum + part, 0);
    const reasons = algorithm.explain!(model, viewer, target);
    expect(reasons.length).toBeGreaterThan(1);
    for (const reason of reasons) {
      if (!('film' in reason)) throw new Error('expected a film');
      expect(reason.share).toBeCloseTo(parts[viewer.films.indexOf(reason.film)]! / total, 4);
    }
  });
});
