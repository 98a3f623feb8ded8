import type { SparseRows } from '../../../math/sparse.ts';

/**
 * The matrix with at most so many entries a row: of longer rows, evenly spread ones. Counting pairs costs the square of a
 * history, and the longest say least about two films: whoever saw everything saw both. The same rows give the same entries.
 * After the interaction cut of Schelter, Boden & Markl, RecSys 2012, which draws them by lot.
 */
export function shortened(matrix: SparseRows, most: number): SparseRows {
  const { rows, start, index, value } = matrix;
  const kept = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) kept[row + 1] = kept[row]! + Math.min(most, start[row + 1]! - start[row]!);
  const short = { ...matrix, start: kept, index: new Int32Array(kept[rows]!), value: new Float32Array(kept[rows]!) };
  for (let row = 0; row < rows; row++) {
    const step = (start[row + 1]! - start[row]!) / (kept[row + 1]! - kept[row]!);
    for (let k = 0, at = kept[row]!; at < kept[row + 1]!; k++, at++) {
      const e = start[row]! + Math.floor(k * step);
      short.index[at] = index[e]!;
      short.value[at] = value[e]!;
    }
  }
  return short;
}
