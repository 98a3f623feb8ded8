import { sparseRows } from '../../math/sparse.ts';
import { GrowingColumns } from '../../jobs/training/growing-columns.ts';
import type { AgedRatings } from '../../jobs/evaluation/data-set.ts';

const secondsADay = 86_400;

/** Collects ratings in any order; viewers get their rows in the order in which they come. */
export class RatingColumns {
  readonly #columns = new GrowingColumns();
  readonly #rows = new Map<number, number>();
  #untimed = 0;

  /** @param at seconds since 1970; undefined or 0 = unknown */
  add(viewer: number, film: number, stars: number, at: number | undefined): void {
    if (!at) this.#untimed++;
    this.#columns.push(this.rowOf(viewer), film, stars, at ?? 0);
  }

  /** The row of a viewer, a new one where there is none yet. */
  rowOf(viewer: number): number {
    let row = this.#rows.get(viewer);
    if (row === undefined) this.#rows.set(viewer, (row = this.#rows.size));
    return row;
  }

  /** Of several ratings of one film by one viewer the last one counts. */
  finish(films: number): AgedRatings & { readonly units: Int32Array; readonly timed: boolean } {
    const { unit: row, film: column, stars: value, at } = this.#columns.trimmed(),
      timed = row.length > 0 && this.#untimed === 0;
    const ratings = sparseRows(this.#rows.size, films, { row, column, value });
    const newest = at.reduce((latest, time) => Math.max(latest, time), 0);
    const age = Float32Array.from(ratings.order, (entry) => (timed ? (newest - at[entry]!) / secondsADay : 0));
    return { ratings, age, units: Int32Array.from(this.#rows.keys()), timed };
  }
}
