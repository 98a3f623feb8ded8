import type { AnyAlgorithm } from '../../core/recommend/algorithm.ts';
import { seeded } from '../../math/random.ts';
import { encode } from '../../core/models/format.ts';
import { holdOut, measure } from './measure.ts';
import type { Trained } from '../../core/models/registry.ts';
import type { LoadedData } from './training-data.ts';

export interface TrainOptions {
  readonly settings: object;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, what: string) => void;
}

/** Trains twice: without the hold-out to measure, then on everything to serve. */
export async function train(algorithm: AnyAlgorithm, { data, fingerprint }: LoadedData, options: TrainOptions): Promise<Trained> {
  const { settings, seed, signal } = options;
  const started = performance.now();
  const part = (from: number, to: number, prefix: string) => (fraction: number, what: string) =>
    options.progress(from + fraction * (to - from), `${prefix}: ${what}`);
  const split = holdOut(data);
  const shared = { settings, signal, threads: 1 };
  const rehearsal = await algorithm.train(split.train, { ...shared, random: seeded(seed), progress: part(0, 0.45, 'for measuring') });
  options.progress(0.45, 'measuring on the newest tenth');
  const metrics = measure(algorithm, rehearsal, split);
  const model = await algorithm.train(data, { ...shared, random: seeded(seed), progress: part(0.5, 1, 'on everything') });
  signal.throwIfAborted();
  return {
    algorithm: algorithm.id,
    bytes: encode(model),
    settings,
    metrics,
    fingerprint,
    films: data.films.length,
    ratings: data.ratings.value.length,
    seconds: (performance.now() - started) / 1000,
  };
}
