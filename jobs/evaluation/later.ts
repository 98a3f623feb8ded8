import { seeded, shuffle } from '../../math/random.ts';
import { pick, trainingData, type DataSet, type Preferring } from './data-set.ts';
import type { RankingSplit } from './rank.ts';

/**
 * Each viewer's newest ratings (seeded ones where times are unknown) come after the training, as on a site between two of them:
 * the models do not know them, the viewer's live history does. Everybody keeps at least one that was there before.
 */
export function withLater(
  split: RankingSplit,
  set: DataSet,
  { later, preferring, seed }: { later: number; preferring: Preferring; seed: number },
): RankingSplit {
  const { ratings, age } = split.train,
    random = seeded(seed),
    isLater = new Uint8Array(ratings.index.length);
  for (let row = 0; row < ratings.rows; row++) {
    const from = ratings.start[row]!,
      entries = Int32Array.from({ length: ratings.start[row + 1]! - from }, (_, i) => from + i);
    if (set.timed) entries.sort((a, b) => age[a]! - age[b]! || a - b);
    else shuffle(entries, random);
    for (const entry of entries.subarray(0, Math.min(later, entries.length - 1))) isLater[entry] = 1;
  }
  const before = pick(split.train, (entry) => isLater[entry] === 0);
  return { ...split, train: trainingData(set, before, preferring), live: split.train };
}
