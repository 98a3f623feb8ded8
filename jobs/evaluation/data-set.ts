import type { FilmFacts, TrainingData } from '../../recommend/algorithm.ts';
import { preferenceRows, usualScale } from '../../math/preferences.ts';
import type { SparseRows } from '../../math/sparse.ts';

/** Ratings with their ages. */
export interface AgedRatings {
  /** viewers × films, values are stars */
  readonly ratings: SparseRows;
  /** days before the newest one, parallel to `ratings.value`; all 0 where times are unknown */
  readonly age: Float32Array;
}

/** A data set as it was published. */
export interface DataSet extends AgedRatings {
  readonly name: string;
  readonly films: readonly FilmFacts[];
  /** the viewer of each row */
  readonly units: Int32Array;
  /** whether every rating has its time */
  readonly timed: boolean;
  /** a leave-one-out split that was published with it */
  readonly leftOut?: LeftOut;
}

/** One film of each viewer, and the films that it has to beat, by row; rows may be missing. */
export interface LeftOut {
  readonly film: ReadonlyMap<number, number>;
  readonly against: ReadonlyMap<number, Int32Array>;
}

/** How ratings become preferences: "equal" counts each as 1 whatever its stars, "stars" as the site does by default. */
export const preferring = ['equal', 'stars'] as const;
export type Preferring = (typeof preferring)[number];

/** What algorithms are trained on: part of a data set's ratings, the ages counted from the newest of them. */
export function trainingData({ films, units }: DataSet, { ratings, age }: AgedRatings, preferring: Preferring): TrainingData {
  const newest = age.reduce((least, days) => Math.min(least, days), Infinity);
  return {
    films,
    units,
    ratings,
    age: age.map((days) => days - newest),
    preferences: preferring === 'stars' ? preferenceRows(ratings, usualScale) : { ...ratings, value: new Float32Array(ratings.value.length).fill(1) },
  };
}

/** The entries that are wanted, in linear time. */
export function pick({ ratings: { rows, columns, start, index, value }, age }: AgedRatings, wanted: (entry: number) => boolean): AgedRatings {
  const entries = Int32Array.from(index.keys()).filter(wanted),
    starts = new Int32Array(rows + 1);
  for (let row = 0, e = 0; row < rows; row++) {
    while (e < entries.length && entries[e]! < start[row + 1]!) e++;
    starts[row + 1] = e;
  }
  const of = (from: Float32Array): Float32Array => Float32Array.from(entries, (e) => from[e]!);
  return { ratings: { rows, columns, start: starts, index: entries.map((e) => index[e]!), value: of(value) }, age: of(age) };
}

/** The columns of some entries by row; rows without any are missing. */
export function byRow({ rows, start, index }: SparseRows, wanted: (entry: number) => boolean): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const columns: number[] = [];
    for (let e = start[row]!; e < start[row + 1]!; e++) if (wanted(e)) columns.push(index[e]!);
    if (columns.length > 0) found.set(row, columns);
  }
  return found;
}
