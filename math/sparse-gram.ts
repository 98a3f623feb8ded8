import { transpose, type SparseRows } from './sparse.ts';

/** Told of a row of the product: which columns up to it are not 0, in no order, and the numbers by column. */
export type VisitGramRow = (row: number, columns: Int32Array, dots: Float32Array) => void;

/**
 * The lower triangle of aᵀ · a, row after row in ascending order: `visit` is told the row (a column of `a`), the columns
 * up to it that share a row of `a` with it, in no order, and their dot products by column. Both arrays are used again for
 * the next row; what `dots` holds for other columns is of no use. A product that comes to 0 may be left out.
 * Costs half the sum of the squared lengths of the rows of `a`, and no memory that grows with the square of its columns.
 * Fastest where the columns with the most entries come first: most sums are then near each other (`mostFirst`).
 */
export function eachGramRow(a: SparseRows, visit: VisitGramRow): void {
  const { start, index, value } = a;
  const byColumn = transpose(a);
  // Columns come in ascending order, as they stand in each row: the entry of this column is the next one of the row.
  const end = start.slice();
  const sums = new Sums(a.columns);
  for (let column = 0; column < a.columns; column++) {
    const [from, to] = [byColumn.start[column]!, byColumn.start[column + 1]!];
    let work = 0;
    for (let e = from; e < to; e++) work += ++end[byColumn.index[e]!]! - start[byColumn.index[e]!]!;
    const dense = sums.begin(column, work);
    for (let e = from; e < to; e++) {
      const row = byColumn.index[e]!;
      if (dense) addDense(sums.dots, index, value, start[row]!, end[row]!, byColumn.value[e]!);
      else sums.add(index, value, start[row]!, end[row]!, byColumn.value[e]!);
    }
    visit(column, sums.found(), sums.dots);
  }
}

/** dots[index] += factor · value, for the entries from … to − 1. Two at a time, which are never of one column. */
function addDense(dots: Float32Array, index: Int32Array, value: Float32Array, from: number, to: number, factor: number): void {
  let e = from;
  for (; e < to - 1; e += 2) {
    const [i, j] = [index[e]!, index[e + 1]!];
    const first = dots[i]! + factor * value[e]!;
    const second = dots[j]! + factor * value[e + 1]!;
    dots[i] = first;
    dots[j] = second;
  }
  if (e < to) dots[index[e]!]! += factor * value[e]!;
}

/** One row of sums: of few, who they are is written down while they are made; among many they are looked for at the end. */
class Sums {
  readonly dots: Float32Array;
  readonly #found: Int32Array;
  readonly #foundBy: Int32Array;
  #column = 0;
  #dense = false;
  #count = 0;

  constructor(columns: number) {
    this.dots = new Float32Array(columns);
    this.#found = new Int32Array(columns);
    this.#foundBy = new Int32Array(columns).fill(-1);
  }

  /** @returns whether there are so many products that most columns will have a sum */
  begin(column: number, products: number): boolean {
    this.#column = column;
    this.#count = 0;
    this.#dense = products > column;
    if (this.#dense) this.dots.fill(0, 0, column + 1);
    return this.#dense;
  }

  add(index: Int32Array, value: Float32Array, from: number, to: number, factor: number): void {
    for (let e = from; e < to; e++) {
      const other = index[e]!;
      if (this.#foundBy[other] === this.#column) this.dots[other]! += factor * value[e]!;
      else {
        this.#foundBy[other] = this.#column;
        this.#found[this.#count++] = other;
        this.dots[other] = factor * value[e]!;
      }
    }
  }

  /** Where there are sums; among many, the last column first. */
  found(): Int32Array {
    if (this.#dense) for (let other = this.#column; other >= 0; other--) if (this.dots[other] !== 0) this.#found[this.#count++] = other;
    return this.#found.subarray(0, this.#count);
  }
}

/** The same matrix with its columns in order of their entries, the most first, and which column of `a` each is; linear time. */
export function mostFirst(a: SparseRows): { readonly matrix: SparseRows; readonly column: Int32Array } {
  const count = new Int32Array(a.columns);
  for (const column of a.index) count[column]!++;
  const column = Int32Array.from(count.keys()).sort((x, y) => count[y]! - count[x]! || x - y);
  const place = new Int32Array(a.columns);
  column.forEach((old, now) => (place[old] = now));
  // Turned twice, the entries of each row ascend again.
  return { matrix: transpose(transpose({ ...a, index: a.index.map((old) => place[old]!) })), column };
}
