import { finish, pieces, type Slices } from '../slices.ts';
import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { padded } from './sizes.ts';

/** Columns that the kernel takes at once. */
const LANES = 16;

/** Bytes that are copied in one slice. */
const SLICE = 2 ** 21;

/** Rows of signed bytes kept where the kernels reach them, for serving: their weighted sums. Its memory goes with the object. */
export class ByteRows {
  readonly #kernels: Kernels;
  readonly #arena = new Arena();
  readonly #columns: number;
  readonly #stride: number;
  readonly #rows: Int8Array;
  readonly #sums: Float32Array;
  readonly #copying: Slices;
  #index: Int32Array;
  #amount: Float32Array;

  /** @param rows row-major, so many columns each; copied. Throws RangeError where the memory does not suffice. */
  constructor(rows: Int8Array, columns: number) {
    this.#columns = columns;
    this.#stride = padded(columns, LANES);
    const count = columns > 0 ? rows.length / columns : 0;
    this.#rows = this.#arena.i8(count * this.#stride);
    this.#sums = this.#arena.f32(this.#stride);
    this.#index = this.#arena.i32(0);
    this.#amount = this.#arena.f32(0);
    this.#kernels = instantiate(kernelModule(), this.#arena.memory);
    this.#copying = this.#copyAll(rows, count);
  }

  /** The copying, which the first sum would do otherwise; until then the rows must stay as they are. */
  prepare(): Slices {
    return this.#copying;
  }

  *#copyAll(rows: Int8Array, count: number): Slices {
    const columns = this.#columns;
    for (const [from, to] of pieces(count, Math.ceil(SLICE / this.#stride))) {
      for (let row = from; row < to; row++) this.#rows.set(rows.subarray(row * columns, (row + 1) * columns), row * this.#stride);
      yield;
    }
  }

  /** Σ amount[k] · the row index[k], one number a column; valid until the next call. */
  sum(index: Int32Array, amount: Float32Array): Float32Array {
    finish(this.#copying);
    if (index.length > this.#index.length) this.#makeRoom(2 * index.length);
    this.#index.set(index);
    this.#amount.set(amount);
    this.#sums.fill(0);
    const places = [this.#index.byteOffset, this.#amount.byteOffset, this.#sums.byteOffset] as const;
    this.#kernels.addBytes(this.#rows.byteOffset, this.#stride, index.length, ...places);
    return this.#sums.subarray(0, this.#columns);
  }

  #makeRoom(entries: number): void {
    this.#index = this.#arena.i32(entries);
    this.#amount = this.#arena.f32(entries);
  }
}
