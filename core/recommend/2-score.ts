import type { AnyAlgorithm, Model, Viewer } from './algorithm.ts';
import type { BlendSpec } from './blend-spec.ts';
import type { Logger } from '../log.ts';
import { standardise } from '../../math/standardise.ts';
import { ranks } from '../../math/ranks.ts';

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
 * Asks every weighted algorithm and makes the answers comparable. One that throws or has no opinion on any
 * film is left out, so it gives up its weight and the page is served by the others.
 */
export function scoreAll(
  scorers: readonly Scorer[],
  spec: Pick<BlendSpec, 'weights' | 'normalisation'>,
  films: number,
  ask: Ask,
  log: Logger,
): Scores[] {
  const all: Scores[] = [];
  for (const scorer of scorers) {
    const weight = spec.weights[scorer.algorithm.id] ?? 0;
    if (weight <= 0) continue;
    const values = new Float32Array(films).fill(Number.NaN);
    try {
      ask(scorer, values);
    } catch (error) {
      log.error(`algorithm ${scorer.algorithm.id} failed to score`, error);
      continue;
    }
    if (normalise(values, spec.normalisation)) all.push({ scorer, weight, values });
  }
  return all;
}

/** In place; false when there is no finite score at all. */
function normalise(values: Float32Array, how: BlendSpec['normalisation']): boolean {
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]!)) known++;
    else values[i] = Number.NaN;
  }
  if (how === 'rank') ranks(values);
  else standardise(values);
  return known > 0;
}
