import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { padded, sortingScratch } from './sizes.ts';

/** Numbers that kernels take side by side. */
const SIDE = 8;
/** Arrays that are summed at once. */
const PARTS = 256;

/** What makes scores of different scales comparable: z-scores are (score − mean) · scale. */
export interface Moments {
  readonly mean: number;
  /** 1 / (population) standard deviation; 0 where the scores do not differ */
  readonly scale: number;
}
export interface Part extends Moments {
  readonly values: Float32Array;
  readonly weight: number;
}

/**
 * Scores of all films, where the kernels reach them without a copy: arrays of one length that are lent and given back, so that
 * a request needs no new ones. Its memory goes with the object and the arrays. For one thread; nothing in it waits.
 */
export class ScoreRoom {
  readonly length: number;
  readonly #size: number;
  readonly #arena = new Arena();
  readonly #kernels: Kernels;
  /** for sorting */
  readonly #sorting: number;
  readonly #index: Int32Array;
  /** of arrays to be summed, four words each: as addresses and as numbers */
  readonly #addresses: Int32Array;
  readonly #numbers: Float32Array;
  readonly #moments: Float64Array;
  readonly #own = new WeakSet<Float32Array>();
  readonly #free: Float32Array[] = [];

  constructor(length: number) {
    this.length = length;
    this.#size = padded(length, SIDE);
    this.#sorting = this.#arena.i32(sortingScratch(this.#size) / 4).byteOffset;
    this.#index = this.#arena.i32(this.#size);
    this.#addresses = this.#arena.i32(4 * PARTS);
    this.#numbers = new Float32Array(this.#addresses.buffer, this.#addresses.byteOffset, 4 * PARTS);
    this.#moments = this.#arena.f64(2);
    this.#kernels = instantiate(kernelModule(), this.#arena.memory);
  }

  /** An array of `length` numbers, whatever they are. */
  take(): Float32Array {
    const free = this.#free.pop();
    if (free) return free;
    // What follows the last film is no number, and stays none.
    const made = this.#arena.f32(this.#size).fill(Number.NaN).subarray(0, this.length);
    this.#own.add(made);
    return made;
  }

  /** The array serves again; nobody may use it any more. Those of another room are passed over. */
  give(array: Float32Array): void {
    if (this.#own.has(array)) this.#free.push(array);
  }

  /** Mean and scale of the finite scores, and how many these are. */
  moments(scores: Float32Array): Moments & { readonly count: number } {
    const count = this.#kernels.moments(this.#addressOf(scores), this.#size, this.#moments.byteOffset);
    return { count, mean: this.#moments[0]!, scale: this.#moments[1]! };
  }

  /**
   * Turns scores into ranks, in place: 1 for the largest finite score, falling evenly to 0 for the smallest. Equal scores share
   * the mean of their ranks; what is not finite becomes NaN.
   * @returns how many are finite
   */
  ranks(scores: Float32Array): number {
    return this.#kernels.ranks(this.#addressOf(scores), this.#size, this.#sorting);
  }

  /**
   * Turns dot products with vectors of these `lengths` (an array of the room's) into shrunk cosines, in place: dot / (length ·
   * lengths + shrinkage) where the product is above 0, NaN elsewhere.
   */
  shrunkCosines(dots: Float32Array, lengths: Float32Array, length: number, shrinkage: number): void {
    this.#kernels.shrunkCosines(this.#addressOf(dots), this.#addressOf(lengths), this.#size, length, shrinkage);
  }

  /** The sum of the z-scores, each times its weight, into `out`; what is not finite counts as 0, and is NaN where it is so in all of them. At most 256 arrays. */
  weightedSum(parts: readonly Part[], out: Float32Array): void {
    if (parts.length > PARTS) throw new RangeError(`${parts.length} arrays cannot be summed at once, only ${PARTS}.`);
    parts.forEach(({ values, weight, mean, scale }, i) => {
      // The mean as two numbers, so that no digit of it is lost.
      const coarse = Math.fround(mean);
      this.#addresses[4 * i] = this.#addressOf(values);
      this.#numbers.set([weight * scale, coarse, mean - coarse], 4 * i + 1);
    });
    this.#kernels.weightedSum(this.#addresses.byteOffset, parts.length, this.#size, this.#addressOf(out));
  }

  /** The places of the `count` largest finite scores, best first; of equal ones the lower place comes first. */
  head(scores: Float32Array, count: number): Int32Array {
    const most = Math.min(count, this.length);
    const found = this.#kernels.head(this.#addressOf(scores), this.#size, most, this.#index.byteOffset, this.#sorting);
    return this.#index.slice(0, found);
  }

  /** Throws RangeError for an array that was not taken here. */
  #addressOf(array: Float32Array): number {
    if (!this.#own.has(array)) throw new RangeError('These scores are not in this room: take() gives arrays that are.');
    return array.byteOffset;
  }
}
