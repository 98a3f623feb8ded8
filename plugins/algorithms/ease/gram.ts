import type { Training } from '../../../recommend/algorithm.ts';
import { eachGramRow } from '../../../math/sparse-gram.ts';
import { picked, type SparseRows } from '../../../math/sparse.ts';

/** Positions of the `most` films with the most preferences for or against them, ascending; films without any are left out. */
export function mostRated({ columns, index }: SparseRows, most: number): Int32Array {
  const count = new Int32Array(columns);
  for (const film of index) count[film]!++;
  const known = Int32Array.from(count.keys()).filter((film) => count[film]! > 0);
  return known
    .sort((a, b) => count[b]! - count[a]! || a - b)
    .slice(0, most)
    .sort();
}

/** The columns of these films only, in their order, which must ascend. */
export function restrict({ rows, columns, start, index, value }: SparseRows, films: Int32Array): SparseRows {
  const column = new Int32Array(columns).fill(-1);
  films.forEach((film, i) => {
    column[film] = i;
  });
  const kept = new Int32Array(rows + 1);
  for (let r = 0; r < rows; r++) {
    kept[r + 1] = kept[r]!;
    for (let e = start[r]!; e < start[r + 1]!; e++) if (column[index[e]!]! >= 0) kept[r + 1]!++;
  }
  return {
    rows,
    columns: films.length,
    start: kept,
    index: picked(
      index.map((film) => column[film]!),
      (c) => c >= 0,
    ),
    value: picked(value, (_, e) => column[index[e]!]! >= 0),
  };
}

/** The lower triangle of aᵀ · a + dropout / (1 − dropout) · diag(aᵀ · a) + regularisation · I, n × n. */
export function regularisedGram(
  matrix: SparseRows,
  {
    settings: { regularisation, dropout },
    signal,
    progress,
  }: Pick<Training<{ regularisation: number; dropout: number }>, 'settings' | 'signal' | 'progress'>,
): Float32Array {
  const n = matrix.columns;
  const gram = new Float32Array(n * n);
  eachGramRow(matrix, (row, columns, dots) => {
    if (row % 256 === 0) {
      progress(row / n, 'counting what is liked together');
      signal.throwIfAborted();
    }
    for (const column of columns) gram[row * n + column] = dots[column]!;
    gram[row * n + row] = gram[row * n + row]! / (1 - dropout) + regularisation;
  });
  return gram;
}
