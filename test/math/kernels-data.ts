import { normal, seeded } from '../../math/random.ts';
import { sparseRows, type SparseRows } from '../../math/sparse.ts';

/** Data for the tests of the kernels. */

export function gaussian(length: number, seed: number): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length }, () => normal(random));
}

/** A share of the cells filled, each by `value`; with few rows some of them are empty. */
export function randomMatrix(rows: number, columns: number, share: number, seed: number, value: (random: () => number) => number): SparseRows {
  const random = seeded(seed);
  const cells = Array.from({ length: rows * columns }, (_, i) => i).filter(() => random() < share);
  return sparseRows(rows, columns, {
    row: Int32Array.from(cells, (i) => Math.floor(i / columns)),
    column: Int32Array.from(cells, (i) => i % columns),
    value: Float32Array.from(cells, () => value(random)),
  });
}

/** X Xᵀ + I of a random X with twelve columns: symmetric and positive definite. */
export function positiveDefinite(n: number, seed: number): Float32Array {
  const x = gaussian(n * 12, seed);
  const matrix = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < 12; k++) sum += x[i * 12 + k]! * x[j * 12 + k]!;
      matrix[i * n + j] = sum;
    }
  }
  return matrix;
}

/** The largest difference of two arrays, relative to the largest number. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  let most = 0;
  let scale = 1e-30;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= most)) most = difference;
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return most / scale;
}
