import type { SparseRows } from '../sparse.ts';
import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { padded } from './sizes.ts';

/**
 * Sparse rows kept where the kernels reach them, for serving: their weighted sums. Its memory goes with the object. It has
 * one place for weights: not to be called from within itself.
 */
export class Postings {
  /** one a row, for sum(); whoever asks fills it in, and sum() puts zeros there again */
  readonly weights: Float32Array;
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #start: Int32Array;
  readonly #index: Int32Array;
  readonly #value: Float32Array;
  /** 0, or NaN for columns without any entry */
  readonly #empty: Float32Array;
  readonly #sums: Float32Array;

  /** Copies the rows. Throws RangeError where the memory does not suffice. */
  constructor({ rows, columns, start, index, value }: SparseRows) {
    const arena = new Arena();
    this.#rows = padded(rows, 4);
    this.weights = arena.f32(this.#rows).subarray(0, rows);
    this.#start = arena.i32(this.#rows + 1);
    this.#start.fill(index.length).set(start);
    this.#index = arena.i32(index.length);
    this.#index.set(index);
    this.#value = arena.f32(value.length);
    this.#value.set(value);
    this.#empty = arena.f32(columns).fill(Number.NaN);
    for (const column of index) this.#empty[column] = 0;
    this.#sums = arena.f32(columns);
    this.#kernels = instantiate(kernelModule(), arena.memory);
  }

  /** Σ weights[row] · row into `out`, one number a column as far as it goes; NaN where a column has no entry. */
  sum(out: Float32Array): void {
    this.#sums.set(this.#empty);
    const places = [this.#start, this.#index, this.#value, this.#sums].map((array) => array.byteOffset) as [number, number, number, number];
    this.#kernels.addPostings(this.weights.byteOffset, this.#rows, ...places);
    this.weights.fill(0);
    out.set(this.#sums.subarray(0, out.length));
  }
}
