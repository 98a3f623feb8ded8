import type { AnyAlgorithm, Model, Position, Viewer } from './algorithm.ts';
import type { BlendSpec } from './blend-spec.ts';
import type { Logger } from '../core/log.ts';
import type { Moments, ScoreRoom } from '../math/kernels/score-room.ts';

/** An algorithm that can serve: it is on and has a model. */
export interface Scorer {
  readonly algorithm: AnyAlgorithm;
  readonly model: Model;
  readonly modelId: number;
}

/** What an algorithm says of all films, and what makes it comparable with what others say. */
interface Answer extends Moments {
  readonly values: Float32Array;
}
export interface Scores extends Answer {
  readonly scorer: Scorer;
  readonly weight: number;
  /** whether other rankings hold the same array */
  readonly common?: true;
}

/** A film's score as it goes into the blend; NaN where the algorithm has no opinion. */
export const comparable = ({ values, mean, scale }: Answer, film: Position): number =>
  Number.isFinite(values[film]) ? (values[film]! - mean) * scale : Number.NaN;

export type Ask = (scorer: Scorer, out: Float32Array) => void;
export const scoresOf =
  (viewer: Viewer): Ask =>
  ({ algorithm, model }, out) =>
    algorithm.score(model, viewer, out);
export const similarityTo =
  (film: number): Ask =>
  ({ algorithm, model }, out) =>
    algorithm.similar?.(model, film, out);

/** Answers that are the same for every viewer, by model and normalisation; the arrays are a room's. */
export type CommonScores = Map<Model, Partial<Record<BlendSpec['normalisation'], Answer>>>;

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
      answer = known ?? answerOf(scorer, normalisation, room, ask, log);
    if (!answer) continue;
    if (!known) shared?.set(scorer.model, { ...shared.get(scorer.model), [normalisation]: answer });
    all.push({ scorer, weight, ...answer, ...(shared && { common: true }) });
  }
  return all;
}

/** Ranks lie in 0 … 1 as they are. */
const asTheyAre: Moments = { mean: 0, scale: 1 };

/** What one algorithm says; undefined where it has no opinion on any film. */
function answerOf(scorer: Scorer, normalisation: BlendSpec['normalisation'], room: ScoreRoom, ask: Ask, log: Logger): Answer | undefined {
  const values = room.take();
  try {
    ask(scorer, values);
    const { count, mean, scale } = normalisation === 'standard' ? room.moments(values) : { ...asTheyAre, count: room.ranks(values) };
    if (count > 0) return { values, mean, scale };
  } catch (error) {
    log.error(`algorithm ${scorer.algorithm.id} failed to score`, error);
  }
  room.give(values);
  return undefined;
}
