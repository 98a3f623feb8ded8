import type { SparseRows } from '../sparse.ts';
import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { EXACT } from './rounded-rows.ts';
import { padded } from './sizes.ts';

/** A row with an entry in more than one of so many columns is quicker to read with its zeros, a byte each. */
const SPARSE = 16;
/** The largest magnitude of a signed byte that has an opposite. */
const BYTE = 127;

/**
 * Sparse rows kept where the kernels reach them, for serving: their weighted sums. Where there are more than EXACT columns,
 * full rows are rounded to bytes, each in units of its own. Its memory goes with the object. It has one place for weights: not
 * to be called from within itself.
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
  /** the full rows: their numbers, and what a byte stands for; which of them a sum wants, and how much of each */
  readonly #full: Int32Array;
  readonly #unit: Float32Array;
  readonly #amount: Float32Array;
  readonly #wanted: Int32Array;
  readonly #bytes: Int8Array;
  /** 0, or NaN for columns without any entry */
  readonly #empty: Float32Array;
  readonly #sums: Float32Array;

  /** Copies the rows. Throws RangeError where the memory does not suffice. */
  constructor({ rows, columns, start, index, value }: SparseRows) {
    const arena = new Arena(),
      lengthOf = (row: number): number => start[row + 1]! - start[row]!,
      isFull = (row: number): boolean => columns > EXACT && lengthOf(row) > columns / SPARSE;
    this.#full = Int32Array.from({ length: rows }, (_, row) => row).filter(isFull);
    const entries = this.#full.reduce((left, row) => left - lengthOf(row), index.length),
      width = padded(columns, 16);
    this.#rows = padded(rows, 4);
    this.#columns = columns;
    this.weights = arena.f32(this.#rows).subarray(0, rows);
    this.#start = arena.i32(this.#rows + 1).fill(entries);
    this.#entries = arena.i32(2 * entries);
    this.#values = new Float32Array(this.#entries.buffer, this.#entries.byteOffset, 2 * entries);
    this.#unit = new Float32Array(this.#full.length);
    this.#amount = arena.f32(this.#full.length);
    this.#wanted = arena.i32(this.#full.length);
    this.#bytes = arena.i8(this.#full.length * width);
    this.#empty = arena.f32(width).fill(Number.NaN);
    for (const column of index) this.#empty[column] = 0;
    this.#sums = arena.f32(width);
    this.#kernels = instantiate(kernelModule(), arena.memory);
    for (let row = 0, to = 0, full = 0; row < rows; row++) {
      const columnsOf = index.subarray(start[row], start[row + 1]),
        values = value.subarray(start[row], start[row + 1]);
      this.#start[row] = to;
      if (isFull(row)) this.#round(full++, columnsOf, values, width);
      else {
        for (let e = 0; e < values.length; e++, to++) {
          this.#entries[2 * to] = columnsOf[e]!;
          this.#values[2 * to + 1] = values[e]!;
        }
      }
    }
  }

  #round(full: number, columns: Int32Array, values: Float32Array, width: number): void {
    const unit = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / BYTE;
    this.#unit[full] = unit;
    columns.forEach((column, e) => (this.#bytes[full * width + column] = unit > 0 ? Math.round(values[e]! / unit) : 0));
  }

  /** Σ weights[row] · row into `out`, one number a column as far as it goes; NaN where a column has no entry. */
  sum(out: Float32Array): void {
    this.#sums.set(this.#empty);
    const places = [this.#start, this.#entries, this.#sums].map((array) => array.byteOffset) as [number, number, number];
    this.#kernels.addPostings(this.weights.byteOffset, this.#rows, ...places);
    this.#addFull();
    this.weights.fill(0);
    out.set(this.#sums.subarray(0, Math.min(out.length, this.#columns)));
  }

  #addFull(): void {
    let wanted = 0;
    for (let full = 0; full < this.#full.length; full++) {
      const weight = this.weights[this.#full[full]!]!;
      if (weight === 0) continue;
      this.#amount[wanted] = weight * this.#unit[full]!;
      this.#wanted[wanted++] = full;
    }
    const places = [this.#wanted, this.#amount, this.#sums].map((array) => array.byteOffset) as [number, number, number];
    this.#kernels.addBytes(this.#bytes.byteOffset, this.#sums.length, wanted, ...places);
  }
}
