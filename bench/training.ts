import { fork } from 'node:child_process';
import { once } from 'node:events';
import { plugins } from '../config/plugins.ts';
import { gatherSignals } from '../recommend/signals.ts';
import type { Metrics } from '../recommend/models/registry.ts';
import type { ThreadTask } from '../jobs/training/run.ts';
import { dataSet, importTimed } from './data.ts';
import { startServer } from './database.ts';
import type { Table } from './table.ts';
import { megabytes, timed } from './timing.ts';

interface Outcome {
  readonly metrics: Metrics;
  readonly seconds: number;
  readonly bytes: number;
  readonly idle: number;
  readonly peak: number;
}

/** Every algorithm on MovieLens 1M, from reading the database to the finished model. */
export async function training(): Promise<Table> {
  const files = dataSet('ml-1m'),
    server = await startServer(),
    rows: (string | number)[][] = [];
  if (files) {
    const databaseUrl = await server.database('ml-1m');
    await importTimed(databaseUrl, files);
    for (const { algorithms = [], config } of plugins) {
      for (const { id, title } of algorithms) {
        const { seconds, result } = await timed(() =>
          trainOne({ kind: 'train', databaseUrl, algorithm: id, settings: (config?.parse({}) ?? {}) as object, seed: 1, signals: gatherSignals([]) }),
        );
        rows.push([
          title,
          seconds,
          result.seconds,
          megabytes(result.peak),
          megabytes(result.bytes),
          result.metrics.hitRate10,
          result.metrics.ndcg10,
          result.metrics.coverage10,
        ]);
      }
    }
  }
  await server.stop();
  return {
    title: 'Training on MovieLens 1M',
    columns: ['Algorithm', 'Seconds in all', 'of these training', 'Peak MB', 'Model MB', 'Hit rate @10', 'NDCG@10', 'Coverage @10'],
    rows,
    note: 'Each in a process of its own, in a thread, as a worker does it. "In all" starts the process, reads the ratings from the database, trains without a tenth of them to measure, and trains again on all. The peak is the resident memory of the whole process. The metrics are those of the console.',
  };
}

export async function trainOne(task: ThreadTask): Promise<Outcome> {
  const child = fork(new URL('./train-one.js', import.meta.url), [JSON.stringify(task)]);
  return ((await once(child, 'message')) as [Outcome])[0];
}
