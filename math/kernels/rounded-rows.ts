import { finish, pieces, type Slices } from '../slices.ts';
import type { Arena } from './arena.ts';
import type { Address, Kernels } from './exports.ts';
import { padded } from './sizes.ts';

export interface ItemShape {
  readonly factors: number;
  /** numbers from one row to the next */
  readonly stride: number;
  /** one a row: those with 0 have no score; without it all have */
  readonly known?: ArrayLike<number> | undefined;
}

/** Numbers of a row that the kernel takes at once. */
const LANES = 16;
/** The largest magnitude of a signed byte that has an opposite. */
const BYTE = 127;

/** Numbers that are rounded in one slice. */
const SLICE = 2 ** 17;

/** More rows than this are rounded: their scores are read from a quarter of the memory, which is what the time goes into. */
export const EXACT = 16_384;

/**
 * Rows of factors rounded to a byte a number, each row in units of its own, so that an error is at most half a unit a number.
 * The vector that they are multiplied with is rounded to 16 bits, which costs next to nothing.
 */
export class RoundedRows {
  readonly #count: number;
  readonly #stride: number;
  readonly #bytes: Int8Array;
  readonly #scale: Float32Array;
  readonly #vector: Int16Array;
  /** of the rounded vector, so that sums fit 32 bits */
  readonly #most: number;
  #coarsest = 0;
  readonly #rounding: Slices;

  /**
   * @param rows `stride` numbers a row, of which the first `factors` count
   * @param known one a row: those with 0 have the score NaN; without it none
   */
  constructor(arena: Arena, rows: Float32Array, { factors, stride, known }: ItemShape) {
    this.#count = rows.length / stride;
    this.#stride = padded(factors, LANES);
    this.#bytes = arena.i8(padded(this.#count, 4) * this.#stride);
    this.#scale = arena.f32(padded(this.#count, 4));
    this.#vector = arena.i16(this.#stride);
    this.#most = Math.min(32_767, Math.floor((2 ** 31 - 1) / (BYTE * this.#stride)));
    this.#rounding = this.#roundAll(rows, { factors, stride, known });
  }

  /** The rounding, which the first product would do otherwise; until then the rows must stay as they are. */
  prepare(): Slices {
    return this.#rounding;
  }

  *#roundAll(rows: Float32Array, { factors, stride, known }: ItemShape): Slices {
    for (const [from, to] of pieces(this.#count, Math.ceil(SLICE / stride))) {
      for (let row = from; row < to; row++) this.#round(row, rows.subarray(row * stride, row * stride + factors), known ? known[row]! : 1);
      yield;
    }
  }

  #round(row: number, values: Float32Array, known: number): void {
    const unit = largest(values) / BYTE;
    this.#scale[row] = known ? unit : Number.NaN;
    if (unit > this.#coarsest) this.#coarsest = unit;
    for (let f = 0, at = row * this.#stride; f < values.length; f++) this.#bytes[at + f] = inUnits(values[f]!, unit);
  }

  /** Gives what one unit of the vector stands for. */
  #take(vector: Float32Array): number {
    finish(this.#rounding);
    const unit = largest(vector) / this.#most;
    for (let f = 0; f < vector.length; f++) this.#vector[f] = inUnits(vector[f]!, unit);
    return unit;
  }

  /** About the dot product of each row with the vector, to `out`, which has room for a multiple of four. */
  scores(kernels: Kernels, vector: Float32Array, out: Address): void {
    const unit = this.#take(vector);
    kernels.scoreRounded(this.#vector.byteOffset, unit, this.#bytes.byteOffset, this.#scale.byteOffset, this.#count, this.#stride, out);
  }

  /** The rows with the `k` largest of these; gives how many there are, and by how much they may be wrong. */
  top(kernels: Kernels, vector: Float32Array, k: number, index: Address, value: Address): { found: number; error: number } {
    const unit = this.#take(vector);
    const places = [this.#bytes.byteOffset, this.#scale.byteOffset] as const;
    const found = kernels.topRounded(this.#vector.byteOffset, unit, ...places, this.#count, this.#stride, k, index, value);
    let sum = 0;
    for (const number of vector) sum += Math.abs(number);
    return { found, error: (this.#coarsest * (sum + unit * BYTE * vector.length)) / 2 };
  }
}

/** The nearest whole number of units; 0 where the unit is 0, because all numbers are. */
export const inUnits = (value: number, unit: number): number => (unit > 0 ? Math.round(value / unit) : 0);

/** The largest magnitude. NaN where one of them is none. */
export function largest(values: Float32Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
