import type { AnyAlgorithm, Model, Viewer } from './algorithm.ts';
import type { BlendSpec } from './blend-spec.ts';
import type { Logger } from '../core/log.ts';
import { scratch, standardise } from '../math/kernels/blend.ts';
import { ranks } from '../math/ranks.ts';

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

/** Gives an array of so many numbers, whatever they are. */
export type Take = (films: number) => Float32Array;
export const fresh: Take = (films) => new Float32Array(films);

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
  take: Take = fresh,
): Scores[] {
  const all: Scores[] = [];
  for (const scorer of scorers) {
    const weight = spec.weights[scorer.algorithm.id] ?? 0;
    if (weight <= 0) continue;
    const raw = scratch(films).fill(Number.NaN);
    try {
      ask(scorer, raw);
    } catch (error) {
      log.error(`algorithm ${scorer.algorithm.id} failed to score`, error);
      continue;
    }
    if (normalise(raw, spec.normalisation)) all.push({ scorer, weight, values: copyOf(raw, take(films)) });
  }
  return all;
}

function copyOf(numbers: Float32Array, into: Float32Array): Float32Array {
  into.set(numbers);
  return into;
}

/** In place; false when there is no finite score at all. */
function normalise(values: Float32Array, how: BlendSpec['normalisation']): boolean {
  if (how === 'standard') return standardise(values) > 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]!)) known++;
    else values[i] = Number.NaN;
  }
  ranks(values);
  return known > 0;
}
