import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importDataSet, type Imported } from '../config/import/import.ts';
import { Report } from '../config/import/report.ts';
import { projectRoot } from '../config/paths.ts';
import { timed } from './timing.ts';

/** A data set in the folder beside the project, which may be missing. */
export interface DataSet {
  readonly name: string;
  readonly path: string;
  readonly metadata: string;
}

export function dataSet(name: 'ml-latest-small' | 'ml-1m'): DataSet | undefined {
  const folder = join(projectRoot, '..', 'shared', 'data'),
    metadata = join(folder, 'catalogue', `${name}.jsonl.gz`);
  return existsSync(join(folder, name)) && existsSync(metadata) ? { name, path: join(folder, name), metadata } : undefined;
}

export interface Timed extends Imported {
  /** wall seconds of each step, and of all of it */
  readonly seconds: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Imports as the command does, and takes the time of each step. */
export async function importTimed(databaseUrl: string, { path, metadata }: DataSet): Promise<Timed> {
  const seconds = new Map<string, number>();
  const steps = {
    run: async <T>(title: string, work: (progress: (fraction: number) => void) => Promise<T>): Promise<T> => {
      const step = await timed(() => work(() => {}));
      seconds.set(title, step.seconds);
      return step.result;
    },
  };
  const all = await timed(() => importDataSet({ databaseUrl, path, metadata, steps, report: new Report(), now: new Date() }));
  return { ...all.result, seconds, total: all.seconds };
}
