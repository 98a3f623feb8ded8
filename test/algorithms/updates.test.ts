import type { AnyPlugin } from '../../core/plugin.ts';
import type { AnyAlgorithm, FilmFacts, Model } from '../../recommend/algorithm.ts';
import content from '../../plugins/algorithms/content/index.ts';
import ncf from '../../plugins/algorithms/ncf/index.ts';
import ease from '../../plugins/algorithms/ease/index.ts';
import itemKnn from '../../plugins/algorithms/item-knn/index.ts';
import svd from '../../plugins/algorithms/svd/index.ts';
import userKnn from '../../plugins/algorithms/user-knn/index.ts';
import { train, scores, similar, update } from './contract.ts';
import { sparseRows } from '../../math/sparse.ts';
import { batchOf, BLANK, FILMS, groupOf, GROUPS, trainingData, viewerOf, world } from './synthetic.ts';

const { films } = world(3).data;
type History = readonly { film: number; stars: number }[];
const loved = (...of: number[]): History => of.map((film) => ({ film, stars: 5 }));
const [FIRST, SECOND, NEW] = [1000, 1001, 1003];

describe.each<[string, AnyPlugin]>([
  ['item-knn', itemKnn],
  ['user-knn', userKnn],
])('%s', (_id, plugin) => {
  const algorithm = plugin.algorithms![0] as AnyAlgorithm;

  test('an updated model is the one that training on the changed data makes', async () => {
    const [few, more] = [films.slice(0, 8), films.slice(0, 9)];
    const before = await train(plugin, algorithm, trainingData(few, [loved(0, 1, 2), loved(1, 2, 3), loved(4, 5)]));
    const batch = batchOf(more, [
      [NEW, loved(4, 8)],
      [SECOND, [...loved(1, 3), { film: 6, stars: 1 }]],
      [FIRST, []],
    ]);
    const found = await update(plugin, algorithm, before, batch);
    const histories: History[] = [[], [...loved(1, 3), { film: 6, stars: 1 }], loved(4, 5), loved(4, 8)];
    const anew = trainingData(more, histories);
    expect(found).toEqual(await train(plugin, algorithm, { ...anew, units: Int32Array.of(FIRST, SECOND, 1002, NEW) }));
  });

  test('what a viewer newly likes moves the scores of others', async () => {
    const model = await train(plugin, algorithm, trainingData(films.slice(0, 5), [loved(0, 1), loved(2, 3)]));
    const of = (made: Model): Float32Array => scores(algorithm, made, viewerOf(loved(0)), 5);
    expect(of(model)[3]).toBe(0);
    expect(of(await update(plugin, algorithm, model, batchOf(films.slice(0, 5), [[FIRST, loved(0, 1, 3)]])))[3]).toBeGreaterThan(0);
  });
});

test("user-knn leaves the viewer's own row out, as it was at the time of training", async () => {
  const algorithm = userKnn.algorithms![0] as AnyAlgorithm;
  const model = await train(userKnn, algorithm, trainingData(films.slice(0, 4), [loved(0, 1, 2), loved(0, 3)]));
  const viewer = viewerOf(loved(0, 1));
  expect(scores(algorithm, model, viewer, 4)[2]).toBeGreaterThan(0);
  const own = scores(algorithm, model, { ...viewer, unit: FIRST }, 4);
  expect(own[2]).toBe(0);
  expect(own[3]).toBeGreaterThan(0);
});

describe('content', () => {
  const algorithm = content.algorithms![0] as AnyAlgorithm;
  const nothing: FilmFacts = { id: 0, title: '', year: null, genres: [], keywords: [], directors: [], cast: [], plot: '' };
  const western = { ...nothing, genres: ['Western'], directors: ['A'], plot: 'A sheriff rides home.' };
  const musical = { ...nothing, genres: ['Musical'], directors: ['B'], plot: 'A dancer comes home.' };
  const old = [western, western, musical, musical];

  test('a film that is new has features and neighbours after an update, the others keep theirs', async () => {
    const model = await train(content, algorithm, trainingData(old, []));
    const next = await update(content, algorithm, model, batchOf([...old, { ...western, keywords: ['unheard of'] }], []));
    const near = similar(algorithm, next, 4, 5);
    expect(near[0]).toBeGreaterThan(near[2]!);
    expect(scores(algorithm, next, viewerOf(loved(0)), 5)[4]).toBeCloseTo(scores(algorithm, next, viewerOf(loved(0)), 5)[1]!, 5);
    expect(scores(algorithm, next, viewerOf(loved(0)), 4)).toEqual(scores(algorithm, model, viewerOf(loved(0)), 4));
  });

  test('without new films it stays the same model', async () => {
    const model = await train(content, algorithm, trainingData(old, []));
    expect(await update(content, algorithm, model, batchOf(old, [[FIRST, loved(0)]]))).toBe(model);
  });

  test('a new film of which nothing is known has no neighbours', async () => {
    const model = await train(content, algorithm, trainingData(old, []));
    const next = await update(content, algorithm, model, batchOf([...old, nothing], []));
    expect(similar(algorithm, next, 4, 5).every(Number.isNaN)).toBe(true);
  });
});

describe.each<[string, AnyPlugin]>([
  ['ease', ease],
  ['svd', svd],
  ['ncf', ncf],
])('%s learns of films that came after its training', (_id, plugin) => {
  const algorithm = plugin.algorithms![0] as AnyAlgorithm;
  const { data, tasters } = world(11);
  const more = [...data.films, { ...data.films[0]!, id: FILMS + 1 }];
  /** Films of group 1 that everybody of it knows, and the new one, which is the first that the training had nothing of. */
  const fans = (film: number) => Array.from({ length: 15 }, (_, i): [number, History] => [5000 + i, loved(1, 5, 9, 13 + GROUPS * (i % 4), film)]);
  /** How high the film stands for tasters of a group, 0 … 1. */
  const height = (model: Model, film: number, group: number): number => {
    const shares = tasters
      .filter((_, i) => i % GROUPS === group)
      .map(({ viewer }) => {
        const of = scores(algorithm, model, viewer, more.length);
        return of.filter((score) => score < of[film]!).length / of.length;
      });
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  let before: Model;
  beforeAll(async () => {
    before = await train(plugin, algorithm, data);
  });

  test.each([FILMS, BLANK])('film %i reaches viewers of the taste of those who liked it', async (film) => {
    const next = await update(plugin, algorithm, before, batchOf(more, fans(film)));
    expect(groupOf(1)).toBe(1);
    expect(height(next, film, 1)).toBeGreaterThan(0.6);
    for (const other of [0, 2, 3]) expect(height(next, film, other)).toBeLessThan(height(next, film, 1) - 0.1);
    expect(similar(algorithm, next, film, more.length)[1]).toBeGreaterThan(similar(algorithm, next, film, more.length)[0]!);
  });

  test('rows count once, however often they come; who takes a film back leaves nothing behind', async () => {
    const batch = batchOf(more, fans(FILMS));
    const once = await update(plugin, algorithm, before, batch);
    expect(await update(plugin, algorithm, once, batch)).toEqual(once);
    const none = batchOf(
      more,
      fans(FILMS).map(([unit, history]) => [unit, history.filter(({ film }) => film !== FILMS)]),
    );
    const gone = await update(plugin, algorithm, once, none);
    const { viewer } = tasters[0]!;
    expect(scores(algorithm, gone, viewer, more.length)).toEqual(scores(algorithm, before, viewer, more.length));
  });

  test('a batch without such films is no new model', async () => {
    expect(await update(plugin, algorithm, before, batchOf(more, [[7, loved(0, 1)]]))).toBe(before);
  });
});

test('ease: where only the new film is new, its scores are those of training anew, but for rounding', async () => {
  const algorithm = ease.algorithms![0] as AnyAlgorithm;
  const { data, tasters } = world(12);
  const films = [...data.films, { ...data.films[0]!, id: FILMS + 1 }];
  const { rows, columns, start, index, value } = data.preferences;
  // The first forty viewers came to like it, and changed their mind on nothing else.
  const liked = sparseRows(rows, columns + 1, {
    row: Int32Array.from(
      [...data.units.keys()].flatMap((row) => Array.from({ length: start[row + 1]! - start[row]! + Number(row < 40) }, () => row)),
    ),
    column: Int32Array.from([...data.units.keys()].flatMap((row) => [...index.subarray(start[row], start[row + 1]), ...(row < 40 ? [FILMS] : [])])),
    value: Float32Array.from([...data.units.keys()].flatMap((row) => [...value.subarray(start[row], start[row + 1]), ...(row < 40 ? [1] : [])])),
  });
  const { units } = data;
  const anew = await train(ease, algorithm, { ...data, films, preferences: liked });
  const next = await update(ease, algorithm, await train(ease, algorithm, data), { films, units, ratings: liked, preferences: liked });
  const of = (model: Model): number[] => tasters.map(({ viewer }) => scores(algorithm, model, viewer, films.length)[FILMS]!);
  const [found, wanted] = [of(next), of(anew)];
  const largest = Math.max(...wanted.map(Math.abs));
  expect(largest).toBeGreaterThan(0);
  found.forEach((score, i) => expect(Math.abs(score - wanted[i]!)).toBeLessThan(0.02 * largest));
});
