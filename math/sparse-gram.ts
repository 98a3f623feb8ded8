import { transpose, type SparseRows } from './sparse.ts';

/**
 * The lower triangle of aᵀ · a, row after row in ascending order: `visit` is told the row (a column of `a`) and its dot
 * products with the columns 0 … row. The array is used again for the next row; beyond `row` it holds nothing of use.
 * Costs half the sum of the squared lengths of the rows of `a`, and no memory that grows with the square of its columns.
 */
export function eachGramRow(a: SparseRows, visit: (row: number, dots: Float32Array) => void): void {
  const { start, index, value } = a;
  const byColumn = transpose(a);
  // Columns come in ascending order, as they stand in each row: the entry of this column is the next one of the row.
  const reached = start.slice();
  const dots = new Float32Array(a.columns);
  for (let column = 0; column < a.columns; column++) {
    dots.fill(0, 0, column + 1);
    for (let e = byColumn.start[column]!; e < byColumn.start[column + 1]!; e++) {
      const row = byColumn.index[e]!;
      const own = byColumn.value[e]!;
      const last = reached[row]!++;
      for (let k = start[row]!; k <= last; k++) dots[index[k]!]! += own * value[k]!;
    }
    visit(column, dots);
  }
}
