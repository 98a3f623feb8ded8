import { Arena, spread } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { padded } from './sizes.ts';

/**
 * Item factors kept where the kernels reach them, for serving: scores all items against a vector.
 * Its memory goes with the object.
 */
export class DotScorer {
  readonly #kernels: Kernels;
  readonly #factors: number;
  readonly #count: number;
  readonly #items: Float32Array;
  readonly #vector: Float32Array;
  readonly #score: Float32Array;
  readonly #index: Int32Array;

  /**
   * @param items count × factors, row-major; copied
   * Throws RangeError where that is not a whole number of rows, or the memory does not suffice.
   */
  constructor(items: Float32Array, factors: number) {
    const arena = new Arena();
    const stride = padded(factors, 4);
    this.#factors = factors;
    this.#count = items.length / factors;
    if (!Number.isInteger(this.#count)) throw new RangeError(`${items.length} numbers are no rows of ${factors} factors.`);
    // The kernels take four items at once.
    this.#items = arena.f32(padded(this.#count, 4) * stride);
    this.#vector = arena.f32(stride);
    this.#score = arena.f32(padded(this.#count, 4));
    this.#index = arena.i32(this.#count);
    this.#kernels = instantiate(kernelModule(), arena.memory);
    spread(items, factors, this.#items, stride);
  }

  /** The dot product of each item with the vector, into `out`, one number an item. */
  scores(vector: Float32Array, out: Float32Array): void {
    this.#take(vector);
    this.#kernels.score(this.#vector.byteOffset, this.#items.byteOffset, this.#count, this.#vector.byteLength, this.#score.byteOffset);
    out.set(this.#score.subarray(0, this.#count));
  }

  /**
   * The `count` items with the largest dot products (fewer where there are no more), best first;
   * of equals the lower index comes first, and items whose score is not a number are left out.
   */
  top(vector: Float32Array, count: number): { index: Int32Array; score: Float32Array } {
    this.#take(vector);
    const found = this.#kernels.top(
      this.#vector.byteOffset,
      this.#items.byteOffset,
      this.#count,
      this.#vector.byteLength,
      Math.min(count, this.#count),
      this.#index.byteOffset,
      this.#score.byteOffset,
    );
    return { index: this.#index.slice(0, found), score: this.#score.slice(0, found) };
  }

  #take(vector: Float32Array): void {
    if (vector.length !== this.#factors) throw new RangeError(`The vector has ${vector.length} factors, the items have ${this.#factors}.`);
    this.#vector.set(vector);
  }
}
