import type { Logger } from '../../core/log.ts';
import type { AnyAlgorithm, TrainingData } from '../../recommend/algorithm.ts';
import type { Scorer } from '../../recommend/2-score.ts';
import { weightsFor, type BlendSpec } from '../../recommend/blend-spec.ts';
import { seeded } from '../../math/random.ts';
import { holdOut, type HoldOut } from '../training/measure.ts';
import { collectSamples } from './collect.ts';
import { compare, type Comparison } from './compare.ts';
import { propose } from './propose.ts';
import { unit } from './simplex.ts';
import { gains, halfWidth, mean, type Sample, type Weights } from './task.ts';

export interface Asked {
  readonly algorithms: readonly { readonly algorithm: AnyAlgorithm; readonly settings: object }[];
  /** what viewers get now */
  readonly current: BlendSpec;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, what: string) => void;
}
export interface Mix extends Comparison {
  readonly weights: Readonly<Record<string, number>>;
}
/** NDCG@10 of each algorithm alone and of both blends, by how many ratings are known. */
export interface ColdStart {
  readonly known: number;
  readonly algorithms: Readonly<Record<string, number>>;
  readonly current: number;
  readonly suggested: number;
  /** half the width of the widest of their 95 % intervals */
  readonly margin: number;
}
export interface Suggestion {
  readonly regulars: Mix;
  readonly newcomers: Mix & { readonly upTo: number };
  readonly coldStart: readonly ColdStart[];
}

/** Histories of newcomers, in ratings; the longest is the bound that is suggested. */
const few = [1, 3, 5] as const,
  steps = [0, 1, 3, 5, 10] as const,
  mostViewers = 800,
  coldViewers = 300;

/**
 * Weights learned on the temporal hold-out: all algorithms are trained without the newest tenth, the weights are fitted
 * on one half of the viewers, and what they would change is measured on the other half. Regulars and newcomers (the same
 * viewers with most of the history forgotten) get a mix each.
 */
export async function suggestWeights(data: TrainingData, asked: Asked): Promise<Suggestion> {
  const { current, log, signal, progress } = asked;
  const split = holdOut(data);
  const scorers = await rehearse(split.train, asked);
  const popularity = popularityOf(split),
    ids = scorers.map(({ algorithm }) => algorithm.id);
  const collect = (viewers: number, known: (n: number) => number | undefined, [from, to]: Span): Sample[] =>
    collectSamples(scorers, split, {
      viewers,
      known,
      log,
      onViewer: (fraction) => {
        signal.throwIfAborted();
        progress(from + fraction * (to - from), 'asking all algorithms');
      },
    });
  const mix = (samples: Sample[], [from, to]: Span, weights: BlendSpec['weights']): { readonly found: Weights; readonly mix: Mix } => {
    const start = vector(ids, weights);
    const { weights: found, others } = propose(samples, {
      start,
      popularity,
      random: seeded(5),
      onTrial: (fraction) => {
        signal.throwIfAborted();
        progress(from + fraction * (to - from), 'trying weights');
      },
    });
    return { found, mix: { weights: named(ids, found), ...compare(others, start, found, popularity) } };
  };
  const regulars = mix(
    collect(mostViewers, () => undefined, [0.6, 0.68]),
    [0.68, 0.78],
    current.weights,
  );
  const upTo = few.at(-1)!;
  const newcomers = mix(
    collect(mostViewers, (n) => few[n % few.length], [0.78, 0.86]),
    [0.86, 0.94],
    weightsFor(current, upTo),
  );
  const coldStart = steps.map((known, i): ColdStart => {
    const samples = collect(coldViewers, () => known, [0.94 + i * 0.012, 0.94 + (i + 1) * 0.012]);
    const alone = ids.map((_, at) => gains(samples, unit(ids.length, at))),
      now = gains(samples, vector(ids, weightsFor(current, known))),
      then = gains(samples, known <= upTo ? newcomers.found : regulars.found);
    return {
      known,
      algorithms: Object.fromEntries(ids.map((id, at) => [id, mean(alone[at]!)])),
      current: mean(now),
      suggested: mean(then),
      margin: Math.max(...[...alone, now, then].map(halfWidth)),
    };
  });
  progress(1, 'done');
  return { regulars: regulars.mix, newcomers: { ...newcomers.mix, upTo }, coldStart };
}
type Span = readonly [from: number, to: number];

/** Every algorithm, trained without what is held out. One that cannot be trained is left out. */
async function rehearse(train: TrainingData, { algorithms: all, log, signal, progress }: Asked): Promise<Scorer[]> {
  // Films with high predicted stars are rarely those that viewers choose, whatever a hold-out of ratings says.
  const algorithms = all.filter(({ algorithm }) => algorithm.predict === undefined),
    scorers: Scorer[] = [];
  for (const [i, { algorithm, settings }] of algorithms.entries()) {
    const share = 0.6 / algorithms.length;
    const report = (fraction: number): void => progress((i + fraction) * share, `training ${algorithm.title} without the newest tenth`);
    try {
      scorers.push({
        algorithm,
        modelId: 0,
        model: await algorithm.train(train, { settings, random: seeded(1), threads: 1, signal, progress: report }),
      });
    } catch (error) {
      signal.throwIfAborted();
      log.error(`algorithm ${algorithm.id} could not be trained`, error);
    }
  }
  return scorers;
}

const vector = (ids: readonly string[], weights: BlendSpec['weights']): Weights => Float64Array.from(ids, (id) => weights[id] ?? 0);
const named = (ids: readonly string[], weights: Weights): Record<string, number> =>
  Object.fromEntries(ids.map((id, i) => [id, weights[i]!] as const).filter(([, weight]) => weight > 0));

/** Share of the viewers who rated each film. */
const popularityOf = ({ train: { films, ratings } }: HoldOut): Float64Array => {
  const share = new Float64Array(films.length);
  for (const film of ratings.index) share[film]! += 1 / ratings.rows;
  return share;
};
