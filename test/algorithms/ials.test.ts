import { inverse, Matrix } from 'ml-matrix';
import type { Batch, Viewer } from '../../recommend/algorithm.ts';
import { seeded } from '../../math/random.ts';
import { sparseRows } from '../../math/sparse.ts';
import ials from '../../plugins/algorithms/ials/index.ts';
import type { IalsModel } from '../../plugins/algorithms/ials/model.ts';
import { scores, train } from './contract.ts';
import { BLANK, FILMS, groupOf, viewerOf, world } from './synthetic.ts';

const algorithm = ials.algorithms![0]!;
const { data, tasters } = world(5);
const settings = ials.config!.parse({}) as { unobserved: number; regularisation: number; exponent: number };
let model: IalsModel;
beforeAll(async () => {
  model = (await train(ials, algorithm, data)) as IalsModel;
});

const itemsOf = ({ items, factors }: IalsModel): Matrix => Matrix.from1DArray(items.length / factors, factors, items);

/** Hu, Koren & Volinsky 2008 as it stands: the left side of a viewer's equations, from dense matrices. */
function system(viewer: Viewer): { left: Matrix; likes: { film: number; weight: number }[] } {
  const y = itemsOf(model);
  const likes = [...viewer.preferences.films].map((film, i) => ({ film, weight: viewer.preferences.weight[i]! })).filter(({ weight }) => weight > 0);
  const weight = likes.reduce((sum, like) => sum + like.weight, 0);
  const left = y.transpose().mmul(y).mul(settings.unobserved);
  for (const like of likes) left.add(y.getRowVector(like.film).transpose().mmul(y.getRowVector(like.film)).mul(like.weight));
  left.add(Matrix.eye(model.factors).mul(settings.regularisation * (weight + settings.unobserved * FILMS) ** settings.exponent));
  return { left, likes };
}

/** What each liked film has in the score of each film: films × liked films. */
function contributions(viewer: Viewer): { parts: Matrix; likes: { film: number; weight: number }[] } {
  const { left, likes } = system(viewer);
  const y = itemsOf(model);
  const own = new Matrix(likes.map(({ film, weight }) => y.getRow(film).map((value) => weight * value)));
  return { parts: y.mmul(inverse(left)).mmul(own.transpose()), likes };
}

test('films that come, and that nobody knows, change no score', () => {
  const nothing = sparseRows(0, FILMS + 500, { row: new Int32Array(0), column: new Int32Array(0), value: new Float32Array(0) });
  const films = [...data.films, ...Array.from({ length: 500 }, (_, i) => ({ ...data.films[BLANK]!, id: FILMS + 1 + i }))];
  const more = algorithm.update!(model, { films, units: new Int32Array(0), ratings: nothing, preferences: nothing }, settings) as IalsModel;
  const { viewer } = tasters[0]!;
  expect(scores(algorithm, more, viewer, FILMS + 500).subarray(0, FILMS)).toEqual(scores(algorithm, model, viewer));
});

test('a score is the sum of the parts that the liked films have in it', () => {
  for (const { viewer } of tasters.slice(0, 5)) {
    const { parts } = contributions(viewer);
    const found = scores(algorithm, model, viewer);
    for (let film = 0; film < BLANK; film++) if (model.evidence[film]! > 0) expect(found[film]).toBeCloseTo(parts.getRowVector(film).sum(), 4);
  }
});

test('reasons are those parts, without what speaks against the film', () => {
  const { viewer, next } = tasters[0]!;
  const { parts, likes } = contributions(viewer);
  const positive = parts.getRow(next[0]!).map((part) => Math.max(0, part));
  const total = positive.reduce((sum, part) => sum + part, 0);
  const reasons = algorithm.explain!(model, viewer, next[0]!);
  expect(reasons.length).toBe(positive.filter((part) => part > 0).length);
  for (const reason of reasons) {
    if (!('film' in reason)) throw new Error('expected a film');
    expect(reason.share).toBeCloseTo(positive[likes.findIndex(({ film }) => film === reason.film)]! / total, 3);
  }
});

test('a disliked film is like one that the viewer does not know', () => {
  const likes = [0, 4, 8].map((film) => ({ film, stars: NaN }));
  const viewer = viewerOf(likes);
  const { films, weight } = viewer.preferences;
  const disliking = { ...viewer, preferences: { films: Int32Array.of(...films, 9), weight: Float32Array.of(...weight, -2) } };
  expect(scores(algorithm, model, disliking)).toEqual(scores(algorithm, model, viewer));
});

describe('a micro-batch', () => {
  /** Viewers of one group each, with what they did before, who now also like a film that is new. */
  function batchOf(group: number, units: readonly number[], film = FILMS): Batch {
    const found = units.map((unit) => tasters.filter(({ next }) => groupOf(next[0]!) === group)[unit]!.viewer.preferences);
    const row = found.flatMap(({ films }, r) => [...films, film].map(() => r));
    const preferences = sparseRows(units.length, Math.max(FILMS, film + 1), {
      row: Int32Array.from(row),
      column: Int32Array.from(found.flatMap(({ films }) => [...films, film])),
      value: Float32Array.from(found.flatMap(({ weight }) => [...weight, 2])),
    });
    const films = [...data.films, ...Array.from({ length: preferences.columns - FILMS }, () => data.films[BLANK]!)];
    return { films, units: Int32Array.from(units), ratings: preferences, preferences };
  }
  const update = (from: IalsModel, batch: Batch): IalsModel => algorithm.update!(from, batch, settings) as IalsModel;
  const meanScore = (of: IalsModel, group: number, film: number): number => {
    const those = tasters.filter(({ next }) => groupOf(next[0]!) === group);
    return those.reduce((sum, { viewer }) => sum + scores(algorithm, of, viewer, FILMS + 1)[film]!, 0) / those.length;
  };

  test.each([0, 3])('teaches a new film to those who are like its first viewers, of group %i', (group) => {
    const updated = update(model, batchOf(group, [0, 1, 2]));
    const means = [0, 1, 2, 3].map((one) => meanScore(updated, one, FILMS));
    expect(means.indexOf(Math.max(...means))).toBe(group);
    expect(means[group]).toBeGreaterThan(2 * [...means].sort((a, b) => b - a)[1]!);
  });

  test('gives a new film the vector that the training would, given the same viewers', () => {
    const film = FILMS,
      units = [0, 1, 2],
      batch = batchOf(1, units);
    const updated = update(model, batch);
    const vectors = units.map((row) => {
      const viewer = viewerOf([]);
      const films = batch.preferences.index.slice(batch.preferences.start[row], batch.preferences.start[row + 1]! - 1);
      const weight = batch.preferences.value.slice(batch.preferences.start[row], batch.preferences.start[row + 1]! - 1);
      const { left, likes } = system({ ...viewer, preferences: { films, weight } });
      const right = Matrix.zeros(model.factors, 1);
      for (const like of likes) right.add(itemsOf(model).getRowVector(like.film).transpose().mul(like.weight));
      return inverse(left).mmul(right);
    });
    const left = Matrix.from1DArray(model.factors, model.factors, model.viewerGram).mul(settings.unobserved);
    left.add(
      Matrix.eye(model.factors).mul(settings.regularisation * (2 * units.length + settings.unobserved * data.units.length) ** settings.exponent),
    );
    const right = Matrix.zeros(model.factors, 1);
    for (const x of vectors) {
      left.add(x.mmul(x.transpose()).mul(2));
      right.add(Matrix.mul(x, 2));
    }
    const expected = inverse(left).mmul(right).to1DArray();
    const found = updated.items.subarray(film * model.factors);
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3));
  });

  test('counts each viewer once, however often the history comes', () => {
    const once = update(model, batchOf(2, [0, 1]));
    expect(update(once, batchOf(2, [0, 1]))).toEqual(once);
    expect(update(once, batchOf(2, [0, 1, 2])).evidence[FILMS]).toBe(6);
  });

  test('leaves the given model as it is, and films with many viewers as they are', () => {
    const before = structuredClone(model);
    const popular = model.evidence.indexOf(model.evidence.reduce((most, value) => Math.max(most, value), 0));
    const updated = update(model, batchOf(0, [0, 1, 2], popular));
    expect(model).toEqual(before);
    expect(updated.items.slice(popular * model.factors, (popular + 1) * model.factors)).toEqual(
      model.items.slice(popular * model.factors, (popular + 1) * model.factors),
    );
  });

  test('serves the new film as training would order it', async () => {
    const updated = update(model, batchOf(0, [0, 1, 2, 3, 4]));
    const close = new Float32Array(FILMS + 1);
    algorithm.similar!(updated, FILMS, close);
    const best = close
      .map((value) => (Number.isNaN(value) ? -Infinity : value))
      .reduce((top, value, film, all) => (value > all[top]! ? film : top), 0);
    expect(groupOf(best)).toBe(0);
  });
});

test('more factors than films is no harm', async () => {
  const few = { ...data, films: data.films.slice(0, 5) };
  const keep = [...data.preferences.index.keys()].filter((e) => data.preferences.index[e]! < 5);
  const rowOf = (e: number): number => data.preferences.start.findLastIndex((start) => start <= e);
  const preferences = sparseRows(data.preferences.rows, 5, {
    row: Int32Array.from(keep, rowOf),
    column: Int32Array.from(keep, (e) => data.preferences.index[e]!),
    value: Float32Array.from(keep, (e) => data.preferences.value[e]!),
  });
  const small = await algorithm.train(
    { ...few, ratings: preferences, preferences },
    { settings: ials.config!.parse({}), random: seeded(1), threads: 1, signal: new AbortController().signal, progress() {} },
  );
  expect([...scores(algorithm, small, viewerOf([{ film: 0, stars: 5 }]), 5)].every(Number.isFinite)).toBe(true);
});
