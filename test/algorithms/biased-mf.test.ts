import { Matrix, solve } from 'ml-matrix';
import type { Viewer } from '../../recommend/algorithm.ts';
import biasedMf from '../../plugins/algorithms/biased-mf/index.ts';
import type { BiasedMfModel } from '../../plugins/algorithms/biased-mf/model.ts';
import { scores, train } from './contract.ts';
import { BLANK, FILMS, groupOf, viewerOf, world } from './synthetic.ts';

const algorithm = biasedMf.algorithms![0]!;
const { data, tasters } = world(5);
let model: BiasedMfModel;
beforeAll(async () => {
  model = (await train(biasedMf, algorithm, data)) as BiasedMfModel;
});
const predict = (viewer: Viewer, film: number): number | undefined => algorithm.predict!(model, viewer, film);
const clipped = (stars: number): number => Math.min(5, Math.max(0.5, stars));

/** Ridge regression of the stars, less mean and film's bias, on 1 and the films' vectors. */
function slow(viewer: Viewer, film: number): number {
  const vector = (of: number): number[] => [1, ...model.items.slice(of * model.factors, (of + 1) * model.factors)];
  const x = new Matrix([...viewer.films].map(vector));
  const y = Matrix.columnVector([...viewer.films].map((of, i) => viewer.stars[i]! - model.mean - model.bias[of]!));
  const left = x
    .transpose()
    .mmul(x)
    .add(Matrix.eye(1 + model.factors).mul(model.regularisation * viewer.films.length));
  const own = solve(left, x.transpose().mmul(y)).to1DArray();
  return model.mean + model.bias[film]! + vector(film).reduce((sum, value, i) => sum + value * own[i]!, 0);
}

test('a prediction is mean, biases and tastes, folded in from the stars of the moment', () => {
  for (const { viewer } of tasters.slice(0, 5))
    for (const film of [0, 17, 42, 90]) expect(predict(viewer, film)).toBeCloseTo(clipped(slow(viewer, film)), 4);
});

test('scores are the predictions before they are cut off', () => {
  const { viewer } = tasters[3]!;
  const all = scores(algorithm, model, viewer);
  for (let film = 0; film < BLANK; film++) if (predict(viewer, film) !== undefined) expect(predict(viewer, film)).toBeCloseTo(clipped(all[film]!), 4);
});

test('films without stars change nothing', () => {
  const rated = [0, 5, 8].map((film) => ({ film, stars: 4 }));
  expect(predict(viewerOf([...rated, { film: 2, stars: NaN }, { film: FILMS, stars: 5 }]), 4)).toBe(predict(viewerOf(rated), 4));
});

test('one more rating moves the next prediction', () => {
  const before = [0, 4].map((film) => ({ film, stars: 4.5 }));
  const after = (stars: number): number => predict(viewerOf([...before, { film: 8, stars }]), 12)!;
  expect(groupOf(8)).toBe(groupOf(12));
  expect(after(5)).toBeGreaterThan(after(0.5));
});

test('beats the mean of each film on ratings that it has not seen', () => {
  const error = { predicted: 0, mean: 0 };
  for (const { viewer, next } of tasters) {
    for (const film of next) {
      error.predicted += (4.5 - (predict(viewer, film) ?? model.mean)) ** 2;
      error.mean += (4.5 - model.mean - model.bias[film]!) ** 2;
    }
  }
  expect(error.predicted).toBeLessThan(0.7 * error.mean);
});
