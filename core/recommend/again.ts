import type { Position } from './algorithm.ts';

/** A film that the viewer saw, and how many days ago. */
export interface Seen {
  readonly film: Position;
  readonly days: number;
}

/** What a film seen just now loses: three standard deviations, or all ranks. */
const penalty = { standard: 3, rank: 1 } as const;

/**
 * Takes from each seen film's score what it loses for having been seen; the loss halves every `halfLife` days.
 * @param scores one a position, changed in place
 */
export function handicap(scores: Float32Array, seen: readonly Seen[], halfLife: number, scale: keyof typeof penalty): Float32Array {
  for (const { film, days } of seen) scores[film]! -= penalty[scale] * 2 ** (-Math.max(days, 0) / halfLife);
  return scores;
}
