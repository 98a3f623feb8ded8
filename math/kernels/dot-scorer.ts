import type { Slices } from '../slices.ts';
import { Arena } from './arena.ts';
import { ItemRows } from './item-rows.ts';
import { padded } from './sizes.ts';

/**
 * Item factors kept where the kernels reach them, for serving: scores all items against a vector.
 * Its memory goes with the object.
 */
export class DotScorer {
  readonly #factors: number;
  readonly #items: ItemRows;

  /**
   * @param items count × factors, row-major; copied
   * @param known one an item: those with 0 have no score; without it all have
   * Throws RangeError where that is not a whole number of rows, or the memory does not suffice.
   */
  constructor(items: Float32Array, factors: number, known?: ArrayLike<number>) {
    if (items.length % factors !== 0) throw new RangeError(`${items.length} numbers are no rows of ${factors} factors.`);
    this.#factors = factors;
    this.#items = new ItemRows(new Arena(), items, { factors, stride: padded(factors, 4), known });
  }

  /** The work that the first scores would take longer for, in slices. */
  prepare(): Slices {
    return this.#items.prepare();
  }

  /** The dot product of each item with the vector, into `out`, one number an item, as ItemRows.scores() gives it. */
  scores(vector: Float32Array, out: Float32Array): void {
    this.#check(vector);
    this.#items.scores(vector, out);
  }

  /** The `count` items with the largest dot products, as ItemRows.top() gives them. */
  top(vector: Float32Array, count: number): { index: Int32Array; score: Float32Array } {
    this.#check(vector);
    return this.#items.top(vector, count);
  }

  #check(vector: Float32Array): void {
    if (vector.length !== this.#factors) throw new RangeError(`The vector has ${vector.length} factors, the items have ${this.#factors}.`);
  }
}
