import { scoreAll, scoresOf, type Scorer } from '../../recommend/2-score.ts';
import { blend } from '../../recommend/3-blend.ts';
import type { AnyAlgorithm, Model, TrainingData } from '../../recommend/algorithm.ts';
import { weightsFor, type BlendSpec } from '../../recommend/blend-spec.ts';
import { silent, type Logger } from '../../core/log.ts';
import { ScoreRoom } from '../../math/kernels/score-room.ts';
import { seeded } from '../../math/random.ts';
import type { Score } from './rank.ts';

/** An algorithm with the settings that it is measured with. */
export interface Contestant {
  readonly algorithm: AnyAlgorithm;
  readonly settings: object;
}
export interface Trained extends Contestant {
  readonly model: Model;
  /** wall clock */
  readonly seconds: number;
}
export interface Effort {
  readonly seed: number;
  readonly threads: number;
}
export type OnProgress = (fraction: number, note?: string) => void;

/** What stands in one line of a table: an algorithm by itself, or several together. */
export interface Entrant {
  /** id of the algorithm, or "blend" */
  readonly name: string;
  readonly settings: object;
  readonly contestants: readonly Contestant[];
  /** @param trained parallel to the contestants */
  score(trained: readonly Trained[]): Score;
}

export const alone = (contestant: Contestant): Entrant => ({
  name: contestant.algorithm.id,
  settings: contestant.settings,
  contestants: [contestant],
  score:
    ([only]) =>
    (viewer, out) =>
      only!.algorithm.score(only!.model, viewer, out),
});

/** The blend of the site: the same normalisation and the same combination. */
export const together = (contestants: readonly Contestant[], spec: BlendSpec): Entrant => ({
  name: 'blend',
  settings: { weights: spec.weights, normalisation: spec.normalisation, newcomers: spec.newcomers },
  contestants,
  score(trained) {
    const scorers: Scorer[] = trained.map(({ algorithm, model }) => ({ algorithm, model, modelId: 0 }));
    let room = new ScoreRoom(0);
    return (viewer, out) => {
      if (room.length !== out.length) room = new ScoreRoom(out.length);
      const scores = scoreAll(scorers, { ...spec, weights: weightsFor(spec, viewer.films.length) }, room, scoresOf(viewer), loud),
        blended = blend(scores, room);
      out.set(blended);
      for (const array of [blended, ...scores.map(({ values }) => values)]) room.give(array);
    };
  },
});

/** In a measurement an algorithm that fails must not be passed over as on a site. */
const loud: Logger = {
  ...silent,
  error(_message, error) {
    throw error;
  },
};

export async function trainOn(data: TrainingData, contestant: Contestant, { seed, threads }: Effort, progress: OnProgress): Promise<Trained> {
  const started = performance.now();
  const training = { settings: contestant.settings, threads, progress, random: seeded(seed), signal: new AbortController().signal };
  const model = await contestant.algorithm.train(data, training);
  return { ...contestant, model, seconds: (performance.now() - started) / 1000 };
}

/** Models of the same data, each trained once. */
export class Models {
  readonly #data: TrainingData;
  readonly #effort: Effort;
  readonly #known = new WeakMap<Contestant, Trained>();

  constructor(data: TrainingData, effort: Effort) {
    this.#data = data;
    this.#effort = effort;
  }

  async of(contestants: readonly Contestant[], progress: OnProgress): Promise<Trained[]> {
    const all: Trained[] = [];
    for (const contestant of contestants) {
      const onProgress: OnProgress = (fraction, note) => progress((all.length + fraction) / contestants.length, note);
      const trained = this.#known.get(contestant) ?? (await trainOn(this.#data, contestant, this.#effort, onProgress));
      this.#known.set(contestant, trained);
      all.push(trained);
    }
    return all;
  }
}
