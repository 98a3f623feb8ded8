import { transpose, type SparseRows } from './sparse.ts';

/**
 * The lower triangle of aᵀ · a, row after row in ascending order: `visit` is told the row (a column of `a`), the columns
 * up to it that share a row of `a` with it, in no order, and their dot products by column. Both arrays are used again for
 * the next row; what `dots` holds for other columns is of no use.
 * Costs half the sum of the squared lengths of the rows of `a`, and no memory that grows with the square of its columns.
 */
export function eachGramRow(a: SparseRows, visit: (row: number, columns: Int32Array, dots: Float32Array) => void): void {
  const { start, index, value } = a;
  const byColumn = transpose(a);
  // Columns come in ascending order, as they stand in each row: the entry of this column is the next one of the row.
  const reached = start.slice();
  const dots = new Float32Array(a.columns);
  const found = new Int32Array(a.columns);
  const foundBy = new Int32Array(a.columns).fill(-1);
  for (let column = 0; column < a.columns; column++) {
    let count = 0;
    for (let e = byColumn.start[column]!; e < byColumn.start[column + 1]!; e++) {
      const row = byColumn.index[e]!;
      const own = byColumn.value[e]!;
      const last = reached[row]!++;
      for (let k = start[row]!; k <= last; k++) {
        const other = index[k]!;
        if (foundBy[other] === column) dots[other]! += own * value[k]!;
        else {
          foundBy[other] = column;
          found[count++] = other;
          dots[other] = own * value[k]!;
        }
      }
    }
    visit(column, found.subarray(0, count), dots);
  }
}
