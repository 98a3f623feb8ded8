import { directions, gaussian, orthonormalise, sparseTimes, whiten, type Dense } from './linear.ts';
import type { Random } from './random.ts';
import { transpose, type SparseRows } from './sparse.ts';

/** Directions beyond the wanted ones: they make the wanted ones accurate. */
const OVERSAMPLING = 10;

export interface SvdOptions {
  /** how many singular vectors; fewer come back where the matrix is smaller */
  readonly rank: number;
  /** rounds of subspace iteration: 2–4 are enough for recommendation */
  readonly iterations: number;
  readonly random: Random;
  /** called after each round with the fraction done */
  readonly onRound: (fraction: number) => void;
}

/**
 * The largest singular values (descending) and their right singular vectors (columns × rank) by randomised subspace
 * iteration: Halko, Martinsson & Tropp, SIAM Review 53 (2011), algorithms 4.4 and 5.1. A null direction is a column of zeros.
 */
export function truncatedSvd(a: SparseRows, { rank, iterations, random, onRound }: SvdOptions): { values: Float64Array; right: Dense } {
  const limit = Math.min(a.rows, a.columns);
  const width = Math.min(limit, rank + OVERSAMPLING);
  const turned = transpose(a);
  let basis = orthonormalise(sparseTimes(a, gaussian(a.columns, width, random)));
  onRound(1 / (iterations + 2));
  for (let round = 1; round <= iterations; round++) {
    basis = orthonormalise(sparseTimes(a, orthonormalise(sparseTimes(turned, basis))));
    onRound((round + 1) / (iterations + 2));
  }
  const projected = sparseTimes(turned, basis);
  const found = directions(projected);
  const kept = Math.min(rank, width);
  return { values: found.values.subarray(0, kept).map(Math.sqrt), right: whiten(projected, found, kept) };
}
