import type { ScoreRoom } from '../math/kernels/score-room.ts';
import { comparable, type Scores } from './2-score.ts';

/**
 * The weighted mean of comparable scores. Where one algorithm has no opinion on a film it counts as 0, the
 * average film, so that a film that only one algorithm knows cannot jump over those that all of them like.
 * NaN = nobody has an opinion. The array is the room's, as those of the scores are.
 */
export function blend(scores: readonly Scores[], room: ScoreRoom): Float32Array {
  const total = scores.reduce((sum, { weight }) => sum + weight, 0),
    out = room.take();
  room.weightedSum(
    scores.map(({ weight, values, mean, scale }) => ({ values, mean, scale, weight: weight / total })),
    out,
  );
  return out;
}

/** How much of a film's score came from each algorithm: its positive part, shares adding up to 1. */
export function sharesOf(scores: readonly Scores[], film: number): Record<string, number> {
  const shares: Record<string, number> = {};
  let total = 0;
  for (const one of scores) {
    const part = one.weight * Math.max(0, comparable(one, film) || 0);
    shares[one.scorer.algorithm.id] = part;
    total += part;
  }
  for (const id in shares) shares[id] = total > 0 ? shares[id]! / total : 1 / scores.length;
  return shares;
}

/** The algorithm with the largest share. */
export function leaderOf(shares: Readonly<Record<string, number>>): string {
  let leader = 'none';
  for (const id in shares) if (leader === 'none' || shares[id]! > shares[leader]!) leader = id;
  return leader;
}
