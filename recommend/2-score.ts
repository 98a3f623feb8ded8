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
  /** whether other rankings hold the same array */
  readonly common?: true;
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

/** Comparable scores that are the same for every viewer, by model and normalisation; the arrays are a room's. */
export type CommonScores = Map<Model, Partial<Record<BlendSpec['normalisation'], Float32Array>>>;

/**
 * Asks every weighted algorithm and makes the answers comparable, in arrays of the room's. One that throws or has no opinion
 * on any film is left out, so it gives up its weight and the page is served by the others.
 * @param common where viewers are asked about: what is kept of algorithms that say the same to all of them
 */
export function scoreAll(
  scorers: readonly Scorer[],
  { weights, normalisation }: Pick<BlendSpec, 'weights' | 'normalisation'>,
  room: ScoreRoom,
  ask: Ask,
  log: Logger,
  common?: CommonScores,
): Scores[] {
  const all: Scores[] = [];
  for (const scorer of scorers) {
    const weight = weights[scorer.algorithm.id] ?? 0;
    if (weight <= 0) continue;
    const shared = scorer.algorithm.impersonal ? common : undefined,
      known = shared?.get(scorer.model)?.[normalisation],
      values = known ?? comparable(scorer, normalisation, room, ask, log);
    if (!values) continue;
    if (!known) shared?.set(scorer.model, { ...shared.get(scorer.model), [normalisation]: values });
    all.push({ scorer, weight, values, ...(shared && { common: true }) });
  }
  return all;
}

/** The scores of one algorithm; undefined where it has none to give. */
function comparable(scorer: Scorer, normalisation: BlendSpec['normalisation'], room: ScoreRoom, ask: Ask, log: Logger): Float32Array | undefined {
  const values = room.take();
  try {
    ask(scorer, values);
    if ((normalisation === 'standard' ? room.standardise(values) : room.ranks(values)) > 0) return values;
  } catch (error) {
    log.error(`algorithm ${scorer.algorithm.id} failed to score`, error);
  }
  room.give(values);
  return undefined;
}
