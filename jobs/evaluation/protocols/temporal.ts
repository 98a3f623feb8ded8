import { badRequest } from '../../../core/errors.ts';
import { byRow, pick, trainingData, type AgedRatings, type DataSet, type Preferring } from '../data-set.ts';
import type { RankingSplit } from '../rank.ts';

const share = 0.1,
  relevant = 4;

/** The newest tenth of all ratings is held out; what has 4 stars or more among it must be found again. */
export function temporal(set: DataSet, preferring: Preferring): RankingSplit {
  if (!set.timed) throw badRequest(`${set.name} does not say when its ratings were given, so they cannot be split by time. Choose another protocol.`);
  const { known, held } = newestTenth(set, set.age);
  return { train: trainingData(set, known, preferring), held };
}

/**
 * Cuts at one moment for all viewers, so that nothing of the future is known.
 * @param key falls with time, parallel to the ratings
 */
export function newestTenth(set: AgedRatings, key: Float32Array): { readonly known: AgedRatings; readonly held: Map<number, number[]> } {
  const cut = key.slice().sort()[Math.floor(key.length * share)] ?? 0;
  return {
    known: pick(set, (entry) => key[entry]! >= cut),
    held: byRow(set.ratings, (entry) => key[entry]! < cut && set.ratings.value[entry]! >= relevant),
  };
}
