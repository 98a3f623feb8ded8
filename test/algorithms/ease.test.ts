import { rowIndex, rowValues } from '../../math/sparse.ts';
import type { AnyAlgorithm, Model } from '../../recommend/algorithm.ts';
import ease from '../../plugins/algorithms/ease/index.ts';
import { scores, similar } from './contract.ts';
import { FILMS, trainingData, viewerOf, world } from './synthetic.ts';

const algorithm = ease.algorithms![0] as AnyAlgorithm;
const { data, tasters } = world(5);
const training = (settings: object) => ({
  settings: ease.config!.parse(settings) as { regularisation: number; dropout: number },
  random: () => 0,
  threads: 1,
  signal: new AbortController().signal,
  progress: () => {},
});
const trained = async (settings: object, of = data): Promise<Model> => await algorithm.train(of, training(settings));

/** The inverse by Gauss and Jordan, in double precision. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < size; k++) {
    const pivot = rows[k]!.map((value) => value / rows[k]![k]!);
    rows.forEach((row, i) => {
      const factor = row[k]!;
      rows[i] = i === k ? pivot : row.map((value, j) => value - factor * pivot[j]!);
    });
  }
  return rows.map((row) => row.slice(size));
}

/** P of the paper, over all films; one that nobody rated only has its regularisation. */
function slowInverse({ regularisation, dropout }: { regularisation: number; dropout: number }): number[][] {
  const gram = Array.from({ length: FILMS }, () => Array.from({ length: FILMS }, () => 0));
  for (let r = 0; r < data.preferences.rows; r++) {
    const films = rowIndex(data.preferences, r);
    const weight = rowValues(data.preferences, r);
    films.forEach((a, i) => films.forEach((b, j) => void (gram[a]![b]! += weight[i]! * weight[j]!)));
  }
  gram.forEach((row, i) => void (row[i]! += (dropout / (1 - dropout)) * row[i]! + regularisation));
  return inverse(gram);
}

/** A byte has 127 steps up to the largest of its row: so much may the sum over a history be off, at most. */
const rounding = 0.5 / 127;

describe.each([
  { regularisation: 20, dropout: 0 },
  { regularisation: 5, dropout: 0.4 },
])('with %o', (settings) => {
  const inverted = slowInverse(settings);
  const weight = (i: number, j: number): number => (i === j ? 0 : -inverted[i]![j]! / inverted[j]![j]!);

  test("scores are the viewer's row times B = I − P · diag(1 / diag P), but for rounding to bytes", async () => {
    const model = await trained(settings);
    const { films, weight: interest } = tasters[0]!.viewer.preferences;
    const found = scores(algorithm, model, tasters[0]!.viewer);
    for (let film = 0; film < FILMS - 1; film++) {
      if (Number.isNaN(found[film]!)) continue; // nobody rated it
      let wanted = 0;
      let slack = 0;
      films.forEach((own, i) => {
        wanted += interest[i]! * weight(own, film);
        const largest = Math.max(...inverted[own]!.map((value, j) => (j === own ? 0 : Math.abs(value) / Math.sqrt(inverted[j]![j]!))));
        slack += Math.abs(interest[i]!) * largest * rounding;
      });
      slack /= Math.sqrt(inverted[film]![film]!);
      expect(Math.abs(found[film]! - wanted)).toBeLessThan(slack + 1e-5);
    }
    expect(found.some((value) => !Number.isNaN(value))).toBe(true);
  });

  test('similarity is the partial correlation', async () => {
    const near = similar(algorithm, await trained(settings), 3);
    const exact = (film: number): number => -inverted[3]![film]! / Math.sqrt(inverted[3]![3]! * inverted[film]![film]!);
    for (const film of [0, 7, 11, 20]) expect(Math.abs(near[film]! - exact(film))).toBeLessThan(rounding);
  });
});

test('holds the most rated films only, and has no opinion on others or from them', async () => {
  const films = data.films.slice(0, 5);
  const rate = (...of: number[]) => of.map((film) => ({ film, stars: 5 }));
  const few = trainingData(films, [rate(0, 2, 4), rate(0, 2), rate(2, 4), rate(1, 3), rate(0, 4)]);
  const model = await trained({ films: 3 }, few);
  expect(model['films']).toEqual(Int32Array.of(0, 2, 4));
  const of = scores(algorithm, model, viewerOf(rate(0, 1)), 5);
  expect([...of].map(Number.isNaN)).toEqual([false, true, false, true, false]);
  expect(scores(algorithm, model, viewerOf(rate(1, 3)), 5).every(Number.isNaN)).toBe(true);
  expect(algorithm.explain!(model, viewerOf(rate(0, 1)), 2)).toEqual([{ film: 0, share: 1 }]);
});
