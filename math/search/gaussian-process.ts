import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** A point that was tried: its coordinates (each best within 0 and 1), what came out, and the variance of that. */
export interface Trial {
  readonly at: readonly number[];
  readonly value: number;
  readonly variance: number;
}
export interface Prediction {
  readonly mean: number;
  readonly deviation: number;
}
/** Distances over which the function may change, of which the likeliest is taken. */
const LENGTHS = [0.1, 0.2, 0.35, 0.6, 1, 2];
/** Keeps the matrix positive definite for points that lie on each other. */
const JITTER = 1e-8;

/**
 * Gaussian process regression with a Matérn 5/2 kernel (Rasmussen and Williams 2006, alg. 2.1); the length scale maximises the
 * marginal likelihood over a few, scale and mean are those of the values.
 * @throws RangeError with fewer than two trials
 */
export function gaussianProcess(trials: readonly Trial[]): (at: readonly number[]) => Prediction {
  if (trials.length < 2) throw new RangeError('a Gaussian process needs at least two trials');
  const mean = trials.reduce((sum, { value }) => sum + value, 0) / trials.length;
  const scale = Math.sqrt(trials.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / trials.length) || 1;
  const models = LENGTHS.map((length) => fit(trials, length, mean, scale));
  const { length, decomposition, weights } = models.reduce((best, model) => (model.likelihood > best.likelihood ? model : best));
  return (at) => {
    const near = Matrix.columnVector(trials.map((trial) => matern(distance(trial.at, at), length)));
    const explained = near.dot(decomposition.solve(near));
    return { mean: mean + scale * near.dot(weights), deviation: scale * Math.sqrt(Math.max(0, 1 - explained)) };
  };
}

function fit(trials: readonly Trial[], length: number, mean: number, scale: number) {
  const kernel = new Matrix(
    trials.map((a, i) => trials.map((b, j) => matern(distance(a.at, b.at), length) + (i === j ? a.variance / scale ** 2 + JITTER : 0))),
  );
  const decomposition = new CholeskyDecomposition(kernel);
  const values = Matrix.columnVector(trials.map(({ value }) => (value - mean) / scale));
  const weights = decomposition.solve(values);
  const determinant = decomposition.lowerTriangularMatrix.diagonal().reduce((sum, each) => sum + Math.log(each), 0);
  return { length, decomposition, weights, likelihood: -0.5 * values.dot(weights) - determinant };
}

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((x, i) => x - b[i]!));

/** (1 + √5 r / ℓ + 5 r² / 3 ℓ²) exp(−√5 r / ℓ) */
function matern(r: number, length: number): number {
  const x = (Math.sqrt(5) * r) / length;
  return (1 + x + x ** 2 / 3) * Math.exp(-x);
}
