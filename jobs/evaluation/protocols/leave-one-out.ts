import { seeded, shuffle, type Random } from '../../../math/random.ts';
import { rowIndex } from '../../../math/sparse.ts';
import { byRow, pick, trainingData, type DataSet, type LeftOut, type Preferring } from '../data-set.ts';
import type { RankingSplit } from '../rank.ts';

const negatives = 99;

/**
 * He et al. 2017: one film of each viewer is left out and ranked among 99 films that the viewer did not rate. Where the
 * data set brings no such split, the newest film of each viewer is left out (a seeded one where times are unknown), and
 * the others are drawn with the seed.
 */
export function leaveOneOut(set: DataSet, preferring: Preferring, seed: number): RankingSplit {
  const { film, against } = set.leftOut ?? drawn(set, seeded(seed));
  const rowOf = rowsOf(set);
  const left = (entry: number): boolean => film.get(rowOf[entry]!) === set.ratings.index[entry];
  return {
    train: trainingData(
      set,
      pick(set, (entry) => !left(entry)),
      preferring,
    ),
    held: byRow(set.ratings, left),
    against,
  };
}

/** Viewers with a single film keep it: nothing would be left to go by. */
function drawn({ films, ratings, age, timed }: DataSet, random: Random): LeftOut {
  const film = new Map<number, number>(),
    against = new Map<number, Int32Array>();
  for (let row = 0; row < ratings.rows; row++) {
    const own = rowIndex(ratings, row),
      from = ratings.start[row]!;
    if (own.length < 2) continue;
    const ages = age.subarray(from, from + own.length);
    film.set(row, own[timed ? ages.indexOf(Math.min(...ages)) : Math.floor(random() * own.length)]!);
    const seen = new Set(own);
    const others = Int32Array.from(films.keys()).filter((other) => !seen.has(other));
    against.set(row, shuffle(others, random).slice(0, negatives));
  }
  return { film, against };
}

/** The row of each entry. */
function rowsOf({ ratings: { rows, start, index } }: DataSet): Int32Array {
  const rowOf = new Int32Array(index.length);
  for (let row = 0; row < rows; row++) rowOf.fill(row, start[row], start[row + 1]);
  return rowOf;
}
