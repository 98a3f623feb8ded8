import { gramOf, ials, ridge } from '../../../math/kernels/ials.ts';
import { RowSolver } from '../../../math/kernels/row-solver.ts';
import type { Branch } from './branches.ts';
import type { Settings } from './settings.ts';
import type { Course } from './training.ts';

/** Near those of Rendle et al. 2021 for ML-1M. */
const LEAST_SQUARES = { epochs: 12, regularisation: 0.006, unobserved: 0.3, exponent: 1, deviation: 0.1 };
/** Turns what least squares say (0 for most films, 1 for a certain positive) into logits: the logistic regression on ML-1M's training data. */
const LOGIT = { scale: 10, bias: -4 };

/** The factorisation with the vectors of implicit alternating least squares, and output weights of 1. */
export async function leastSquares({ positives, settings: { factors }, random, signal, threads, progress }: Course, share: number): Promise<Branch> {
  const report = (fraction: number): void => {
    progress(fraction * share, 'implicit least squares');
    signal.throwIfAborted();
  };
  const { rows, columns } = await ials(positives, { ...LEAST_SQUARES, factors, random, signal, threads, progress: report });
  const scaled = (vectors: Float32Array): Float32Array => vectors.map((value) => value * Math.sqrt(LOGIT.scale));
  const output = new Float32Array(factors).fill(1);
  return { width: factors, users: scaled(rows), items: scaled(columns), output, bias: LOGIT.bias };
}

/** Whether the factorisation of a network stays as least squares made it. */
export const isLeastSquares = ({ model, pretrain, jointEpochs }: Settings): boolean => model === 'neumf' && pretrain === 'ials' && jointEpochs === 0;

/** Σ v · vᵀ over the factorisation's half of embeddings of this width. */
export function gramOfHalves(embeddings: Float32Array, width: number, factors: number): Float32Array {
  const halves = new Float32Array((embeddings.length / width) * factors);
  for (let row = 0; row * width < embeddings.length; row++) halves.set(embeddings.subarray(row * width, row * width + factors), row * factors);
  return gramOf(halves, factors);
}

/** For the halves of one side, by the Gram matrix of the other's. */
export const solverOf = (factors: number, gram: Float32Array): RowSolver => new RowSolver({ factors, gram, unobserved: LEAST_SQUARES.unobserved });

/** Embeddings of the other side that an embedding is found by: those that it goes with, and of how many they are. */
export interface Likes {
  readonly embeddings: Float32Array;
  readonly index: Int32Array;
  readonly of: number;
}

/** Puts the solution where the embedding has its factorisation's half; without likes that stays as it is. */
export function solveHalf(solver: RowSolver, { embeddings, index, of }: Likes, embedding: Float32Array): void {
  if (index.length === 0) return;
  // All vectors are scaled, so that the equations are, too.
  const caution = LOGIT.scale * ridge(LEAST_SQUARES, index.length, of),
    row = { items: embeddings, width: embedding.length, index, weight: new Float32Array(index.length).fill(1), ridge: caution };
  embedding.set(solver.solve(row).map((value) => LOGIT.scale * value));
}
