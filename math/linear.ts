import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { normal, type Random } from './random.ts';
import type { SparseRows } from './sparse.ts';

/** A dense matrix, row after row. Here: tall (thousands of rows) and narrow (at most some hundred columns). */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

const zeros = (rows: number, columns: number): Dense => ({ rows, columns, data: new Float64Array(rows * columns) });

/** Independent standard normal numbers. */
export function gaussian(rows: number, columns: number, random: Random): Dense {
  const matrix = zeros(rows, columns);
  for (let i = 0; i < matrix.data.length; i++) matrix.data[i] = normal(random);
  return matrix;
}

/** a · x */
export function sparseTimes(a: SparseRows, x: Dense): Dense {
  const width = x.columns;
  const product = zeros(a.rows, width);
  for (let r = 0; r < a.rows; r++) {
    for (let e = a.start[r]!; e < a.start[r + 1]!; e++) {
      const value = a.value[e]!;
      const from = a.index[e]! * width;
      for (let c = 0, to = r * width; c < width; c++, to++) product.data[to]! += value * x.data[from + c]!;
    }
  }
  return product;
}

/** a · small */
export function timesSmall(a: Dense, small: Matrix): Dense {
  const width = small.columns;
  const flat = Float64Array.from(small.to1DArray());
  const product = zeros(a.rows, width);
  for (let r = 0; r < a.rows; r++) {
    for (let k = 0; k < a.columns; k++) {
      const value = a.data[r * a.columns + k]!;
      for (let c = 0, to = r * width, from = k * width; c < width; c++) product.data[to + c]! += value * flat[from + c]!;
    }
  }
  return product;
}

/** aᵀ · a, a small symmetric matrix. */
export function gram(a: Dense): Matrix {
  const width = a.columns;
  const sums = new Float64Array(width * width);
  for (let r = 0, row = 0; r < a.rows; r++, row += width) {
    for (let i = 0; i < width; i++) {
      const value = a.data[row + i]!;
      for (let j = i, to = i * width; j < width; j++) sums[to + j]! += value * a.data[row + j]!;
    }
  }
  const product = new Matrix(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) product.set(i, j, sums[i * width + j]!).set(j, i, sums[i * width + j]!);
  }
  return product;
}

/** Squared singular values of `a`, descending, and its right singular vectors as columns. */
export interface Directions {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/** The directions of `a`, from the eigenvectors of aᵀ · a. */
export function directions(a: Dense): Directions {
  if (a.columns === 0) return { values: new Float64Array(0), vectors: new Matrix(0, 0) };
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram(a), { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((i, j) => realEigenvalues[j]! - realEigenvalues[i]!);
  return { values: Float64Array.from(order, (i) => Math.max(0, realEigenvalues[i]!)), vectors: eigenvectorMatrix.subMatrixColumn(order) };
}

/** Below this fraction of the largest squared singular value a direction is rounding, not data. */
const NEGLIGIBLE = 1e-12;

/** `a` along its first `count` directions, each scaled to length 1; one without data becomes a column of zeros. */
export function whiten(a: Dense, { values, vectors } = directions(a), count = a.columns): Dense {
  if (count === 0) return zeros(a.rows, 0);
  const scale = Array.from(values.subarray(0, count), (value) => (value > NEGLIGIBLE * values[0]! ? 1 / Math.sqrt(value) : 0));
  return timesSmall(a, vectors.subMatrix(0, a.columns - 1, 0, count - 1).mulRowVector(scale));
}

/**
 * An orthonormal basis of the columns' span (columns beyond the rank are zero). Working through aᵀ · a squares the
 * condition number, so it is done twice: the second pass starts from an almost orthonormal matrix.
 */
export const orthonormalise = (a: Dense): Dense => whiten(whiten(a));
