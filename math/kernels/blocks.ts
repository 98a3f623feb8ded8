import { shuffle, type Random } from '../random.ts';
import type { SparseRows } from '../sparse.ts';
import type { Arena } from './arena.ts';

/** Ratings block by block, each block in random order; block b holds the ratings start[b] … start[b + 1] − 1. */
export interface Blocks {
  readonly mean: number;
  readonly start: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** without the mean */
  readonly rating: Float32Array;
}

/**
 * Cuts the rows, and the columns, into `sides` ranges with about as many ratings each. Block `round · sides + r` has
 * the rows of range r and the columns of range r + round (modulo sides): the blocks of a round share nothing.
 */
export function blocksOf(arena: Arena, ratings: SparseRows, sides: number, random: Random): Blocks {
  const { index, value } = ratings;
  const rowOf = rowOfEach(ratings);
  const rowRange = ranges(countsOf(rowOf, ratings.rows), sides);
  const columnRange = ranges(countsOf(index, ratings.columns), sides);
  const block = rowOf.map((row, e) => ((columnRange[index[e]!]! - rowRange[row]! + sides) % sides) * sides + rowRange[row]!);
  const mean = value.reduce((sum, one) => sum + one, 0) / Math.max(1, value.length);
  const start = arena.i32(sides * sides + 1);
  const made = { mean, start, row: arena.i32(value.length), column: arena.i32(value.length), rating: arena.f32(value.length) };
  for (const b of block) start[b + 1]!++;
  for (let b = 0; b < sides * sides; b++) start[b + 1]! += start[b]!;
  const next = start.slice();
  for (const e of shuffle(Int32Array.from(value.keys()), random)) {
    const at = next[block[e]!]!++;
    made.row[at] = rowOf[e]!;
    made.column[at] = index[e]!;
    made.rating[at] = value[e]! - mean;
  }
  return made;
}

function rowOfEach({ rows, start, index }: SparseRows): Int32Array {
  const rowOf = new Int32Array(index.length);
  for (let row = 0; row < rows; row++) rowOf.fill(row, start[row], start[row + 1]);
  return rowOf;
}

function countsOf(keys: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const key of keys) counts[key]!++;
  return counts;
}

/** The range of each key: as even shares of all ratings as ranges can be. */
function ranges(counts: Int32Array, sides: number): Uint8Array {
  const total = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
  let before = 0;
  return Uint8Array.from(counts, (count) => {
    const range = Math.min(sides - 1, Math.floor((sides * (before + count / 2)) / total));
    before += count;
    return range;
  });
}
