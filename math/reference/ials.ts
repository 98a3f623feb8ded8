import { foldIn, gramOf, ridge, type Factors, type IalsOptions } from '../kernels/ials.ts';
import { normal } from '../random.ts';
import { rowIndex, rowValues, transpose, type SparseRows } from '../sparse.ts';

/** ials() one row after the other, by foldIn(). */
export function ials(matrix: SparseRows, options: IalsOptions): Factors {
  const { factors, epochs, deviation, random } = options;
  const turned = transpose(matrix);
  const rows = new Float32Array(matrix.rows * factors);
  const columns = Float32Array.from({ length: matrix.columns * factors }, () => (deviation / Math.sqrt(factors)) * normal(random));
  for (let epoch = 0; epoch < epochs; epoch++) {
    solveSide(matrix, rows, columns, options);
    solveSide(turned, columns, rows, options);
  }
  return { factors, rows, columns };
}

function solveSide(matrix: SparseRows, vectors: Float32Array, items: Float32Array, options: IalsOptions): void {
  const { factors } = options;
  const gram = gramOf(items, factors);
  for (let row = 0; row < matrix.rows; row++) {
    const index = rowIndex(matrix, row);
    const weight = rowValues(matrix, row);
    const total = weight.reduce((sum, one) => sum + one, 0);
    const regularisation = ridge(options, total, matrix.columns);
    foldIn({ ...options, items, gram, index, weight, regularisation }, vectors.subarray(row * factors, (row + 1) * factors));
  }
}
