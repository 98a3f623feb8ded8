import { fork } from 'node:child_process';
import { once } from 'node:events';
import { plugins } from '../config/plugins.ts';
import { gatherSignals } from '../recommend/signals.ts';
import type { Server } from './database.ts';
import { startServer } from './database.ts';
import { expand } from './expansion.ts';
import { sizes, type Size } from './growth.ts';
import { ratings } from './kernel-data.ts';
import { storeRatings } from './stored.ts';
import type { Table } from './table.ts';
import { megabytes } from './timing.ts';
import { trainOne } from './training.ts';

export interface ReadData {
  readonly ratings: number;
  readonly films: number;
  readonly seconds: number;
  /** of the typed arrays that training gets */
  readonly bytes: number;
  /** bytes of everything else that stays: JavaScript objects */
  readonly objects: number;
  /** bytes, resident */
  readonly peak: number;
}

/** Whose whole training is measured, too: one that passes over all ratings, and whose training itself is short. */
const trained = 'ease';

/**
 * Ratings that are read from PostgreSQL by the code that a worker reads them with.
 * @param most the largest data, in millions of ratings
 */
export async function reading(most: number): Promise<Table> {
  const server = await startServer(),
    rows: (string | number)[][] = [];
  for (const size of sizes.filter(({ copies }) => copies <= most)) rows.push(...(await measure(server, size)));
  await server.stop();
  return {
    title: 'Reading from PostgreSQL',
    columns: ['Work', 'Million ratings', 'Films', 'Seconds', 'Thousand a second', 'Typed arrays MB', 'Objects MB', 'Peak MB'],
    rows,
    note: `MovieLens 1M and larger data made of it, in an embedded database. Each row is a process of its own. "Typed arrays" is what training gets, "objects" what else stays in memory once it was read: the films, above all. The last row of each size is a whole training as a worker does it, in a thread: reading, training without the newest tenth, measuring, training on all. "Peak" is the largest resident memory of the process, without the database's.`,
  };
}

async function measure(server: Server, { copies, films }: Size): Promise<(string | number)[][]> {
  const { matrix } = ratings(),
    databaseUrl = await server.database(`ratings-${copies}`);
  await storeRatings(databaseUrl, expand(matrix, copies, films || matrix.columns));
  const read = await readOne(databaseUrl);
  const size = [read.ratings / 1e6, read.films.toLocaleString('en')];
  const { algorithms = [], config } = plugins.find(({ id }) => id === trained)!;
  const settings = (config?.parse({}) ?? {}) as object;
  const task = { kind: 'train', databaseUrl, algorithm: trained, settings, seed: 1, signals: gatherSignals([]) } as const;
  const { seconds, peak } = await trainOne(task);
  return [
    ['Reading', ...size, read.seconds, read.ratings / read.seconds / 1000, megabytes(read.bytes), megabytes(read.objects), megabytes(read.peak)],
    [`Training: ${algorithms[0]!.title}`, ...size, seconds, '–', '–', '–', megabytes(peak)],
  ];
}

async function readOne(databaseUrl: string): Promise<ReadData> {
  const child = fork(new URL('./read-one.js', import.meta.url), [databaseUrl], { execArgv: [...process.execArgv, '--expose-gc'] });
  return ((await once(child, 'message')) as [ReadData])[0];
}
