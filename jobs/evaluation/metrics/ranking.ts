/** How well one viewer's list finds the wanted films; all lie in 0 … 1. */
export interface Accuracy {
  /** 1 = at least one of them is in the list */
  readonly hitRate: number;
  /** DCG / ideal DCG with gains 0 and 1 and discounts 1 / log2(place + 1), places from 1 (Järvelin & Kekäläinen 2002) */
  readonly ndcg: number;
  /** share of the wanted films that are in the list */
  readonly recall: number;
  /** share of the list's places that hold a wanted film; a shorter list leaves places empty */
  readonly precision: number;
  /** 1 / place of the first wanted film (reciprocal rank) */
  readonly mrr: number;
}

/** @param rank from 0; may be a fraction */
const discount = (rank: number): number => 1 / Math.log2(rank + 2);

/**
 * The measures of a list with binary relevance.
 * @param list best first, at most `length`
 * @param wanted not empty
 */
export function accuracyOf(list: ArrayLike<number>, wanted: ReadonlySet<number>, length: number): Accuracy {
  let hits = 0,
    dcg = 0,
    ideal = 0,
    mrr = 0;
  for (let rank = 0; rank < list.length; rank++) {
    if (!wanted.has(list[rank]!)) continue;
    if (hits++ === 0) mrr = 1 / (rank + 1);
    dcg += discount(rank);
  }
  for (let rank = 0; rank < Math.min(wanted.size, length); rank++) ideal += discount(rank);
  return { hitRate: hits > 0 ? 1 : 0, ndcg: dcg / ideal, recall: hits / wanted.size, precision: hits / length, mrr };
}

/**
 * How many of the others come before the film: those with a higher score and half of those with the same, so that an
 * algorithm gains nothing by equal scores. No opinion (NaN) ranks below every score. The film itself among the others
 * is passed over.
 * @returns the rank from 0; a multiple of ½
 */
export function rankAmong(scores: ArrayLike<number>, film: number, others: Int32Array): number {
  const own = comparable(scores[film]!);
  let rank = 0;
  for (const other of others) {
    if (other === film) continue;
    const score = comparable(scores[other]!);
    if (score > own) rank++;
    else if (score === own) rank += 0.5;
  }
  return rank;
}

const comparable = (score: number): number => (Number.isNaN(score) ? -Infinity : score);

/** The measures where one film is wanted and its rank (from 0) is known: it is in the list where the rank is below `length`. */
export function accuracyAt(rank: number, length: number): Accuracy {
  const hit = rank < length ? 1 : 0;
  return { hitRate: hit, ndcg: hit * discount(rank), recall: hit, precision: hit / length, mrr: hit / (rank + 1) };
}
