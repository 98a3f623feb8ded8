import type { AnyAlgorithm, Model, Viewer } from './algorithm.ts';
import type { BlendSpec } from './blend-spec.ts';
import type { Logger } from '../core/log.ts';
import type { ScoreRoom } from '../math/kernels/score-room.ts';

/** An algorithm that can serve: it is on and has a model. */
export interface Scorer {
  readonly algorithm: AnyAlgorithm;
  readonly model: Model;
  readonly modelId: number;
}

/** Comparable scores of one algorithm for all films. */
export interface Scores {
  readonly scorer: Scorer;
  readonly weight: number;
  readonly values: Float32Array;
}

export type Ask = (scorer: Scorer, out: Float32Array) => void;
export const scoresOf =
  (viewer: Viewer): Ask =>
  ({ algorithm, model }, out) =>
    algorithm.score(model, viewer, out);
export const similarityTo =
  (film: number): Ask =>
  ({ algorithm, model }, out) =>
    algorithm.similar?.(model, film, out);

/**
 * Asks every weighted algorithm and makes the answers comparable, in arrays of the room's. One that throws or has no opinion
 * on any film is left out, so it gives up its weight and the page is served by the others.
 */
export function scoreAll(
  scorers: readonly Scorer[],
  { weights, normalisation }: Pick<BlendSpec, 'weights' | 'normalisation'>,
  room: ScoreRoom,
  ask: Ask,
  log: Logger,
): Scores[] {
  const all: Scores[] = [];
  for (const scorer of scorers) {
    const weight = weights[scorer.algorithm.id] ?? 0;
    if (weight <= 0) continue;
    const values = room.take().fill(Number.NaN);
    let known = 0;
    try {
      ask(scorer, values);
      known = normalisation === 'standard' ? room.standardise(values) : room.ranks(values);
    } catch (error) {
      log.error(`algorithm ${scorer.algorithm.id} failed to score`, error);
    }
    if (known > 0) all.push({ scorer, weight, values });
    else room.give(values);
  }
  return all;
}
