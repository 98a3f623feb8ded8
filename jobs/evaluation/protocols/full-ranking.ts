import { seeded, shuffle } from '../../../math/random.ts';
import { byRow, pick, trainingData, type DataSet, type Preferring } from '../data-set.ts';
import type { RankingSplit } from '../rank.ts';

const share = 0.2;

/** A seeded fifth of each viewer's ratings, whatever their stars, must be found again among all films that are not known. */
export function fullRanking(set: DataSet, preferring: Preferring, seed: number): RankingSplit {
  const { rows, start, index } = set.ratings,
    random = seeded(seed),
    held = new Uint8Array(index.length);
  for (let row = 0; row < rows; row++) {
    const entries = shuffle(
      Int32Array.from({ length: start[row + 1]! - start[row]! }, (_, i) => start[row]! + i),
      random,
    );
    for (const entry of entries.subarray(0, Math.round(entries.length * share))) held[entry] = 1;
  }
  return {
    train: trainingData(
      set,
      pick(set, (entry) => held[entry] === 0),
      preferring,
    ),
    held: byRow(set.ratings, (entry) => held[entry] === 1),
  };
}
