import type { AnyPlugin } from '../../core/plugin.ts';
import type { AnyAlgorithm, FilmFacts, Model } from '../../recommend/algorithm.ts';
import content from '../../plugins/algorithms/content/index.ts';
import itemKnn from '../../plugins/algorithms/item-knn/index.ts';
import userKnn from '../../plugins/algorithms/user-knn/index.ts';
import { train, scores, similar, update } from './contract.ts';
import { batchOf, trainingData, viewerOf, world } from './synthetic.ts';

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
