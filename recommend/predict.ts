import type { Logger } from '../core/log.ts';
import type { Position, Viewer } from './algorithm.ts';
import type { Scorer } from './2-score.ts';

/** Stars (0.5 … 5) that the viewer would give a film, and which algorithm says so. */
export interface Prediction {
  readonly stars: number;
  readonly algorithm: string;
}

/** The answer of the first algorithm that has one. One that throws is passed over: the page is served without it. */
export function predictStars(scorers: readonly Scorer[], viewer: Viewer, film: Position, log: Logger): Prediction | undefined {
  for (const { algorithm, model } of scorers) {
    try {
      const stars = algorithm.predict?.(model, viewer, film);
      if (stars !== undefined) return { stars, algorithm: algorithm.id };
    } catch (error) {
      log.error(`algorithm ${algorithm.id} failed to predict stars`, error);
    }
  }
  return undefined;
}
