import type { SparseRows } from '../../../math/sparse.ts';

/** The cells above 0, as ones. */
export function positivesOf({ rows, columns, start, index, value }: SparseRows): SparseRows {
  const kept = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    kept[row + 1] = kept[row]!;
    for (let e = start[row]!; e < start[row + 1]!; e++) if (value[e]! > 0) kept[row + 1]!++;
  }
  const positive = index.filter((_, e) => value[e]! > 0);
  return { rows, columns, start: kept, index: positive, value: new Float32Array(positive.length).fill(1) };
}
