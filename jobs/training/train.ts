import type { AnyAlgorithm, Model, TrainingData } from '../../recommend/algorithm.ts';
import { seeded } from '../../math/random.ts';
import { encode } from '../../recommend/models/format.ts';
import type { Drift } from '../../recommend/models/metrics.ts';
import type { Trained } from '../../recommend/models/registry.ts';
import type { LoadedModel } from '../../recommend/models/stored.ts';
import { driftBetween } from './drift.ts';
import { holdOut, measure } from './measure.ts';
import { MemoryPeak } from './memory.ts';
import type { LoadedData } from './training-data.ts';

export interface TrainOptions {
  readonly settings: object;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, what: string) => void;
  /** what was committed when the data was read; without it the model cannot be updated */
  readonly snapshot?: string;
  /** the model that serves, asked for at the end, to say how far it had drifted */
  readonly inService?: () => Promise<LoadedModel | undefined>;
}

/** Trains twice: without the hold-out to measure, then on everything to serve. */
export async function train(algorithm: AnyAlgorithm, { data, fingerprint }: LoadedData, options: TrainOptions): Promise<Trained> {
  const { settings, seed, signal, snapshot } = options;
  const started = performance.now(),
    peak = new MemoryPeak();
  const part = (from: number, to: number, prefix: string) => (fraction: number, what: string) => {
    peak.sample();
    options.progress(from + fraction * (to - from), `${prefix}: ${what}`);
  };
  const split = holdOut(data);
  const shared = { settings, signal, threads: 1 };
  const rehearsal = await algorithm.train(split.train, { ...shared, random: seeded(seed), progress: part(0, 0.45, 'for measuring') });
  options.progress(0.45, 'measuring on the newest tenth');
  const metrics = measure(algorithm, rehearsal, split);
  const model = await algorithm.train(data, { ...shared, random: seeded(seed), progress: part(0.5, 0.98, 'on everything') });
  signal.throwIfAborted();
  options.progress(0.98, 'comparing with the model in service');
  const drift = await driftFrom(options.inService, algorithm, model, data);
  peak.sample();
  return {
    algorithm: algorithm.id,
    bytes: encode(model),
    settings,
    metrics: { ...metrics, ...(drift && { drift }) },
    fingerprint,
    films: data.films.length,
    ratings: data.ratings.value.length,
    seconds: (performance.now() - started) / 1000,
    peakBytes: peak.bytes,
    ...(snapshot !== undefined && { snapshot }),
  };
}

/** A model that an older release of the algorithm made may be of another shape: then there is nothing to compare. */
async function driftFrom(
  inService: TrainOptions['inService'],
  algorithm: AnyAlgorithm,
  model: Model,
  data: TrainingData,
): Promise<Drift | undefined> {
  const before = await inService?.();
  if (!before || before.films > data.films.length) return undefined;
  try {
    return driftBetween(algorithm, before, model, data);
  } catch {
    return undefined;
  }
}
