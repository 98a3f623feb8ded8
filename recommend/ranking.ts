import type { Position } from './algorithm.ts';
import type { ServedFilm } from './served.ts';
import type { Scores } from './2-score.ts';
import type { ScoreRoom } from '../math/kernels/score-room.ts';
import { ahead } from './4-filter.ts';

/** All films at once: what each algorithm says of them, and all together. */
export interface Ranking {
  readonly scores: readonly Scores[];
  readonly blended: Float32Array;
  /** the best films, best first */
  readonly head: Int32Array;
  /** what lists said of films so far: it stays true as long as the ranking does */
  readonly said: Map<Position, ServedFilm>;
}

/** @param room where the arrays are from */
export const rankingOf = (scores: readonly Scores[], blended: Float32Array, room: ScoreRoom): Ranking => ({
  scores,
  blended,
  head: room.head(blended, ahead),
  said: new Map(),
});
