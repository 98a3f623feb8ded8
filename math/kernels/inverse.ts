import type { Work } from './threads.ts';

export type { Work } from './threads.ts';

/**
 * The inverse of a symmetric positive definite matrix, n × n row-major, in place. Only its lower triangle is read.
 * Throws RangeError that names what is wrong where the matrix is not positive definite.
 */
export async function invertSymmetric(_matrix: Float32Array, _n: number, _work: Work = {}): Promise<void> {
  throw new Error('in the making');
}
