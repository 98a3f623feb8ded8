import type { Sql } from '../../core/database/sql.ts';
import { encode } from '../../recommend/models/format.ts';
import type { Trained, Updated } from '../../recommend/models/store.ts';
import { readModel, readServed, updateSource } from '../../recommend/models/stored.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { AnyAlgorithm } from '../../recommend/algorithm.ts';
import type { Signals } from '../../recommend/signals.ts';
import type { Watch } from '../in-thread.ts';
import { changedUnits, loadBatch } from './batch.ts';
import { MemoryPeak } from './memory.ts';
import { train } from './train.ts';
import { loadTrainingData } from './training-data.ts';

/** Plain data: it is handed to the training thread as it is. */
export interface TrainTask {
  readonly kind: 'train';
  readonly algorithm: string;
  readonly settings: object;
  readonly seed: number;
  readonly signals: Signals;
}
export interface UpdateTask {
  readonly kind: 'update';
  readonly algorithm: string;
  readonly signals: Signals;
}

/** Reads the data and trains. */
export async function trainTask(sql: Sql, plugins: readonly AnyPlugin[], task: TrainTask, watch: Watch): Promise<Trained> {
  const { algorithm: id, settings, seed, signals } = task;
  watch.progress(0, 'reading ratings');
  const snapshot = await snapshotNow(sql);
  const loaded = await loadTrainingData(sql, plugins, signals);
  return train(algorithmOf(plugins, id), loaded, { ...watch, settings, seed, snapshot, inService: () => readServed(sql, id) });
}

/** Brings the model in service up to date; undefined when there is nothing to do or to begin with. */
export async function updateTask(sql: Sql, plugins: readonly AnyPlugin[], task: UpdateTask, watch: Watch): Promise<Updated | undefined> {
  const { algorithm: id, signals } = task,
    algorithm = algorithmOf(plugins, id);
  const source = await updateSource(sql, id);
  if (source?.snapshot == null || !algorithm.update) return undefined;
  const started = performance.now(),
    peak = new MemoryPeak(),
    snapshot = await snapshotNow(sql);
  watch.progress(0, 'reading what changed');
  const units = await changedUnits(sql, plugins, source.snapshot),
    batch = await loadBatch(sql, plugins, signals, units);
  if (units.length === 0 && batch.films.length === source.films) return undefined;
  const before = await readModel(sql, source.id);
  if (!before) return undefined;
  watch.progress(0.3, `${units.length} viewers, ${batch.films.length - source.films} new films`);
  const model = await algorithm.update(before.model, batch, source.settings);
  peak.sample();
  watch.signal.throwIfAborted();
  if (model === before.model) return undefined;
  return {
    algorithm: id,
    source: source.id,
    bytes: encode(model),
    films: batch.films.length,
    units: units.length,
    seconds: (performance.now() - started) / 1000,
    peakBytes: peak.bytes,
    snapshot,
  };
}

/** What is committed now: what is read later holds at least that. */
const snapshotNow = async (sql: Sql): Promise<string> =>
  (await sql.one<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot'))!.snapshot;

const algorithmOf = (plugins: readonly AnyPlugin[], id: string): AnyAlgorithm =>
  plugins.flatMap((plugin) => plugin.algorithms ?? []).find((one) => one.id === id)!;
