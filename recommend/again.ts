import type { Position } from './algorithm.ts';

/** A film that the viewer saw, and how many days ago. */
export interface Seen {
  readonly film: Position;
  readonly days: number;
}

/** One standard deviation of a score; ranks lie in 0 … 1, where a third moves a film about as far. */
export const deviation = { standard: 1, rank: 1 / 3 } as const;
/** What a film seen just now loses, in these. */
const penalty = 3;

/**
 * Takes from each seen film's score what it loses for having been seen; the loss halves every `halfLife` days.
 * @param scores one a position, changed in place
 */
export function handicap(scores: Float32Array, seen: readonly Seen[], halfLife: number, scale: keyof typeof deviation): Float32Array {
  for (const { film, days } of seen) scores[film]! -= penalty * deviation[scale] * 2 ** (-Math.max(days, 0) / halfLife);
  return scores;
}
