import { finish, pieces, type Slices } from './slices.ts';

/**
 * Compressed sparse rows: row `r` holds the entries `start[r]` … `start[r + 1] - 1`,
 * its columns ascending in `index`, their numbers in `value`.
 */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** rows + 1 offsets */
  readonly start: Int32Array;
  /** one column per entry */
  readonly index: Int32Array;
  /** one number per entry */
  readonly value: Float32Array;
}

/** Cells in any order: number `e` says that (row[e], column[e]) holds value[e]. */
export interface Triples {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
}

/** A matrix that knows the number of the triple behind each entry, so that parallel data can follow. */
export interface SortedRows extends SparseRows {
  readonly order: Int32Array;
}

/** Where each bucket begins when `keys` are sorted: buckets + 1 offsets. Throws RangeError for a key outside. */
function offsets(keys: Int32Array, buckets: number): Int32Array {
  const start = new Int32Array(buckets + 1);
  for (let e = 0; e < keys.length; e++) {
    const key = keys[e]!;
    if (key < 0 || key >= buckets) throw new RangeError(`${key} is outside 0 … ${buckets - 1}`);
    start[key + 1]!++;
  }
  for (let b = 0; b < buckets; b++) start[b + 1]! += start[b]!;
  return start;
}

/** Stable counting sort: `order` rearranged so that its keys ascend. */
function sortBy(keys: Int32Array, buckets: number, order: Int32Array): Int32Array {
  const next = offsets(keys, buckets);
  const sorted = new Int32Array(order.length);
  for (const e of order) sorted[next[keys[e]!]!++] = e;
  return sorted;
}

/** Builds the matrix in linear time. Of several triples for one cell the last one wins. */
export function sparseRows(rows: number, columns: number, { row, column, value }: Triples): SortedRows {
  const sorted = sortBy(row, rows, sortBy(column, columns, counting(row.length)));
  const order = picked(sorted, (e, k) => {
    const next = sorted[k + 1];
    return next === undefined || row[next] !== row[e] || column[next] !== column[e];
  });
  const start = new Int32Array(rows + 1),
    index = new Int32Array(order.length),
    stars = new Float32Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const e = order[k]!;
    start[row[e]! + 1]!++;
    index[k] = column[e]!;
    stars[k] = value[e]!;
  }
  for (let r = 0; r < rows; r++) start[r + 1]! += start[r]!;
  return { rows, columns, start, index, value: stars, order };
}

// Loops over millions of entries: typed arrays' own `from` and `filter` go through a list of objects in between.

/** 0, 1, 2 … */
function counting(length: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i;
  return numbers;
}

/** The numbers that stay, in their order. */
export function picked<T extends Int32Array | Float32Array>(numbers: T, stays: (number: number, place: number) => boolean): T {
  const kept = numbers.slice() as T;
  let count = 0;
  for (let i = 0; i < numbers.length; i++) if (stays(numbers[i]!, i)) kept[count++] = numbers[i]!;
  return (count === numbers.length ? kept : kept.slice(0, count)) as T;
}

/** The entries above 0, in their places. */
export function aboveZero({ rows, columns, start, index, value }: SparseRows): SparseRows {
  const kept = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let e = start[row]!; e < start[row + 1]!; e++) if (value[e]! > 0) count++;
    kept[row + 1] = kept[row]! + count;
  }
  const stays = (_: number, e: number): boolean => value[e]! > 0;
  return { rows, columns, start: kept, index: picked(index, stays), value: picked(value, stays) };
}

/** The same cells by column; linear time. */
export const transpose = (matrix: SparseRows): SparseRows => finish(transposeInSlices(matrix));

/** Entries that are moved in one slice. */
const SLICE = 2 ** 16;

export function* transposeInSlices({ rows, columns, start, index, value }: SparseRows): Slices<SparseRows> {
  const next = new Int32Array(columns + 1);
  for (const [from, to] of pieces(index.length, 4 * SLICE)) {
    for (let e = from; e < to; e++) next[index[e]! + 1]!++;
    yield;
  }
  for (let c = 0; c < columns; c++) next[c + 1]! += next[c]!;
  const turned = { rows: columns, columns: rows, start: next.slice(), index: new Int32Array(index.length), value: new Float32Array(index.length) };
  for (let r = 0, moved = 0; r < rows; r++) {
    for (let e = start[r]!; e < start[r + 1]!; e++) {
      const place = next[index[e]!]!++;
      turned.index[place] = r;
      turned.value[place] = value[e]!;
    }
    if (start[r + 1]! - moved < SLICE) continue;
    moved = start[r + 1]!;
    yield;
  }
  return turned;
}

/** The numbers of one row, as a view. */
export const rowValues = ({ start, value }: SparseRows, row: number): Float32Array => value.subarray(start[row], start[row + 1]);

/** The columns of one row, as a view. */
export const rowIndex = ({ start, index }: SparseRows, row: number): Int32Array => index.subarray(start[row], start[row + 1]);

/** What the cell holds: 0 where the matrix has no entry. Binary search. */
export function cell({ start, index, value }: Pick<SparseRows, 'start' | 'index' | 'value'>, row: number, column: number): number {
  let low = start[row]!;
  let high = start[row + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (index[middle]! < column) low = middle + 1;
    else high = middle;
  }
  return low < start[row + 1]! && index[low] === column ? value[low]! : 0;
}

/** Euclidean length. */
export function norm(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Euclidean length of every row. */
export const rowNorms = (matrix: SparseRows): Float32Array => Float32Array.from({ length: matrix.rows }, (_, row) => norm(rowValues(matrix, row)));
