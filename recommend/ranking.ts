import type { Position } from './algorithm.ts';
import type { ServedFilm } from './served.ts';
import type { Scores } from './2-score.ts';
import { headOf } from './4-filter.ts';

/** All films at once: what each algorithm says of them, and all together. */
export interface Ranking {
  readonly scores: readonly Scores[];
  readonly blended: Float32Array;
  /** the best films, best first */
  readonly head: Int32Array;
  /** what lists said of films so far: it stays true as long as the ranking does */
  readonly said: Map<Position, ServedFilm>;
}

export const rankingOf = (scores: readonly Scores[], blended: Float32Array): Ranking => ({ scores, blended, head: headOf(blended), said: new Map() });
