import type { Model, TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { embeddingWidth } from '../../math/kernels/neumf-network.ts';
import { seeded } from '../../math/random.ts';
import { logitOf } from '../../math/reference/neumf.ts';
import { rowIndex, rowValues } from '../../math/sparse.ts';
import ncf from '../../plugins/algorithms/ncf/index.ts';
import { networkOf, type NcfModel } from '../../plugins/algorithms/ncf/model.ts';
import { scores } from './contract.ts';
import { BLANK, FILMS, GROUPS, groupOf, trainingData, viewerOf, world } from './synthetic.ts';

const algorithm = ncf.algorithms![0]!;
const { data } = world(13);

async function trained(settings: object = {}, on: TrainingData = data): Promise<NcfModel> {
  const training = { random: seeded(1), threads: 1, signal: new AbortController().signal, progress: () => {} };
  return (await algorithm.train(on, { ...training, settings: ncf.config!.parse(settings) })) as NcfModel;
}

/** A viewer of the training data, with the history of then. */
function trainedViewer(row: number): Viewer {
  const preferences = { films: rowIndex(data.preferences, row), weight: rowValues(data.preferences, row) };
  return { ...viewerOf([]), unit: data.units[row]!, films: rowIndex(data.ratings, row), stars: rowValues(data.ratings, row), preferences };
}

/** The mean score of each taste group. */
function byGroup(model: Model, viewer: Viewer): number[] {
  const found = scores(algorithm, model, viewer);
  const mean = (group: number): number => {
    const films = [...found.keys()].filter(
      (film) => film < BLANK && groupOf(film) === group && !viewer.films.includes(film) && !Number.isNaN(found[film]),
    );
    return films.reduce((sum, film) => sum + found[film]!, 0) / films.length;
  };
  return Array.from({ length: GROUPS }, (_, group) => mean(group));
}
const best = (means: readonly number[]): number => means.indexOf(Math.max(...means));

describe('a viewer', () => {
  let model: NcfModel;
  beforeAll(async () => {
    model = await trained();
  });

  test('whose history is as it was in training has the trained embedding', () => {
    const network = networkOf(model);
    for (const row of [0, 5, 77]) {
      const found = scores(algorithm, model, trainedViewer(row));
      const at = model.units.indexOf(data.units[row]!);
      for (const film of [0, 3, 50, 99]) if (!Number.isNaN(found[film]!)) expect(found[film]).toBeCloseTo(logitOf(network, at, film), 3);
    }
  });

  test.each([0, 1, 2, 3])('is followed from the very first rating on, of a film of group %i', (group) => {
    expect(best(byGroup(model, viewerOf([{ film: group, stars: 5 }])))).toBe(group);
  });

  test('who is known moves with every new rating, and back when it is taken away', () => {
    const viewer = trainedViewer(0);
    const other = 2;
    const liked = [2, 6, 10, 14].map((film) => ({ film, stars: 5 })).filter(({ film }) => !viewer.films.includes(film));
    const added = viewerOf([...Array.from(viewer.films, (film, i) => ({ film, stars: viewer.stars[i]! })), ...liked]);
    const [before, after] = [byGroup(model, viewer), byGroup(model, { ...added, unit: viewer.unit })];
    expect(after[other]! - after[0]!).toBeGreaterThan(before[other]! - before[0]!);
    expect(byGroup(model, viewer)).toEqual(before);
  });

  test('who gives few stars pulls the group down', () => {
    const history = (stars: number) => viewerOf([1, 5, 9].map((film) => ({ film, stars: 4.5 })).concat({ film: 2, stars }));
    const groupTwo = (means: number[]): number => means[2]! - means[1]!;
    expect(groupTwo(byGroup(model, history(0.5)))).toBeLessThan(groupTwo(byGroup(model, history(5))));
  });

  test('without history gets no opinion', () => {
    expect(scores(algorithm, model, viewerOf([])).every(Number.isNaN)).toBe(true);
  });

  test('with a history longer than the samples of a step is scored all the same', async () => {
    const films = Array.from({ length: 600 }, (_, id) => ({ ...data.films[BLANK]!, id }));
    const everything = films.map((_, film) => ({ film, stars: 3 + (film % 3) }));
    const large = await trained({ epochs: 1 }, trainingData(films, [everything, everything.slice(0, 9)]));
    const found = scores(algorithm, large, viewerOf(everything), films.length);
    expect(found.some(Number.isFinite)).toBe(true);
    expect(found.every((score) => Number.isFinite(score) || Number.isNaN(score))).toBe(true);
  });
});

test.each([
  ['gmf', { model: 'gmf' }, [64, 0]],
  ['mlp', { model: 'mlp' }, [0, 16]],
  ['neumf from random numbers', { pretrain: 'none' }, [64, 16]],
  ['neumf from its branches, trained on together', { pretrain: 'branches', jointEpochs: 5, factors: 16, layers: 2, width: 12 }, [16, 24]],
  ['neumf from least squares, trained on together', { jointEpochs: 5, layers: 3 }, [64, 32]],
  ['a small step with every positive', { batch: 1, learningRate: 0.0002 }, [64, 16]],
])('%s finds the tastes', async (_name, settings, [factors, input]) => {
  const model = await trained(settings);
  expect([model.factors, model.layers[0] ?? 0]).toEqual([factors, input]);
  expect(model.items).toHaveLength(FILMS * embeddingWidth(networkOf(model)));
  for (const group of [0, 1, 2, 3]) {
    const history = [0, 4, 8, 12].map((film) => ({ film: film + group, stars: 5 }));
    expect(best(byGroup(model, viewerOf(history)))).toBe(group);
  }
});

test('says what to install for the backend that is not here', async () => {
  await expect(trained({ backend: 'tensorflow' })).rejects.toThrow('npm install @tensorflow/tfjs-node');
});
