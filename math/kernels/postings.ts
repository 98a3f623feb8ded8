import type { SparseRows } from '../sparse.ts';
import { finish, type Slices } from '../slices.ts';
import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { EXACT, RoundedRows } from './rounded-rows.ts';
import { padded } from './sizes.ts';

/** A row with an entry in more than one of so many columns is quicker to read with its zeros, a byte each. */
const SPARSE = 16;
/** Entries that are copied in one slice. */
const SLICE = 2 ** 16;

/**
 * Sparse rows kept where the kernels reach them, for serving: their weighted sums. Where there are more than EXACT columns, the
 * full rows are rounded: what they have in one column is a row of bytes, in units of its own. Its memory goes with the object.
 * It has one place for weights: not to be called from within itself.
 */
export class Postings {
  /** one a row, for sum(); whoever asks fills it in, and sum() puts zeros there again */
  readonly weights: Float32Array;
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #columns: number;
  readonly #start: Int32Array;
  /** columns in the even places … */
  readonly #entries: Int32Array;
  /** … and numbers in the odd ones of the same memory */
  readonly #values: Float32Array;
  /** the full rows, and their weights */
  readonly #full: Int32Array;
  readonly #amount: Float32Array;
  readonly #rounded: RoundedRows | undefined;
  /** 0, or NaN for columns without any entry */
  readonly #empty: Float32Array;
  readonly #sums: Float32Array;
  readonly #copying: Slices;

  /** Throws RangeError where the memory does not suffice. */
  constructor(matrix: SparseRows) {
    const { rows, columns, start, index } = matrix,
      arena = new Arena(),
      isFull = (row: number): boolean => columns > EXACT && start[row + 1]! - start[row]! > columns / SPARSE;
    this.#full = Int32Array.from({ length: rows }, (_, row) => row).filter(isFull);
    const entries = this.#full.reduce((left, row) => left - (start[row + 1]! - start[row]!), index.length);
    this.#rows = padded(rows, 4);
    this.#columns = columns;
    this.weights = arena.f32(this.#rows).subarray(0, rows);
    this.#start = arena.i32(this.#rows + 1).fill(entries);
    this.#entries = arena.i32(2 * entries);
    this.#values = new Float32Array(this.#entries.buffer, this.#entries.byteOffset, 2 * entries);
    this.#amount = new Float32Array(this.#full.length);
    this.#empty = new Float32Array(columns).fill(Number.NaN);
    for (const column of index) this.#empty[column] = 0;
    this.#sums = arena.f32(padded(columns, 4));
    this.#kernels = instantiate(kernelModule(), arena.memory);
    if (this.#full.length > 0) {
      const known = this.#empty.map((value) => Number(value === 0));
      this.#rounded = new RoundedRows(arena, columnsOf(matrix, this.#full), { factors: this.#full.length, stride: this.#full.length, known });
    }
    this.#copying = this.#copyAll(matrix, new Set(this.#full));
  }

  /** The copying, which the first sum would do otherwise; until then the rows must stay as they are. */
  prepare(): Slices {
    return this.#copying;
  }

  *#copyAll({ rows, start, index, value }: SparseRows, full: ReadonlySet<number>): Slices {
    let to = 0,
      copied = 0;
    for (let row = 0; row < rows; row++) {
      this.#start[row] = to;
      if (full.has(row)) continue;
      for (let e = start[row]!; e < start[row + 1]!; e++, to++) {
        this.#entries[2 * to] = index[e]!;
        this.#values[2 * to + 1] = value[e]!;
      }
      if (to - copied < SLICE) continue;
      copied = to;
      yield;
    }
    if (this.#rounded) yield* this.#rounded.prepare();
  }

  /** Σ weights[row] · row into `out`, one number a column as far as it goes; NaN where a column has no entry. */
  sum(out: Float32Array): void {
    finish(this.#copying);
    this.#sumFull();
    const places = [this.#start, this.#entries, this.#sums].map((array) => array.byteOffset) as [number, number, number];
    this.#kernels.addPostings(this.weights.byteOffset, this.#rows, ...places);
    this.weights.fill(0);
    out.set(this.#sums.subarray(0, Math.min(out.length, this.#columns)));
  }

  /** Begins the sums with those of the full rows. */
  #sumFull(): void {
    if (!this.#rounded) return this.#sums.set(this.#empty);
    this.#full.forEach((row, i) => {
      this.#amount[i] = this.weights[row]!;
      this.weights[row] = 0;
    });
    this.#rounded.scores(this.#kernels, this.#amount, this.#sums.byteOffset);
  }
}

/** Some rows, turned: columns × rows, dense. */
function columnsOf({ columns, start, index, value }: SparseRows, rows: Int32Array): Float32Array {
  const dense = new Float32Array(columns * rows.length);
  rows.forEach((row, i) => {
    for (let e = start[row]!; e < start[row + 1]!; e++) dense[index[e]! * rows.length + i] = value[e]!;
  });
  return dense;
}
