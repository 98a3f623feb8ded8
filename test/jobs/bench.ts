import { connect, sqlOver } from '../../core/database/connect.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import { silent, type Logger } from '../../core/log.ts';
import { createJobs, type JobOptions, type RunningJobs } from '../../jobs/index.ts';
import type { JobRunView } from '../../core/console/ports.ts';
import { readRun } from '../../jobs/read.ts';
import type { Timing } from '../../jobs/timing.ts';
import { testDatabase } from '../harness/database.ts';

/** Everything that takes seconds in the real thing takes parts of one here. */
export const quick: Timing = { sweep: 0.05, progress: 0.05, backoff: 0.02, dispatch: 1, tick: 0, poll: 0.2, lock: 2, patience: 0.5, now: Date.now };
type Options = Partial<Omit<JobOptions, 'sql' | 'bus' | 'databaseUrl'>>;

export interface Bench {
  readonly url: string;
  readonly sql: Sql;
  /** Another process of the site, with connections of its own; `begin` is left to the caller. */
  process(options?: Options): Promise<RunningJobs>;
  run(id: number): Promise<JobRunView>;
  close(): Promise<void>;
}

/** A migrated database and the processes that work on it, drained at the end. */
export async function openBench(): Promise<Bench> {
  const { url, drop } = await testDatabase();
  await migrate(url, []);
  const closers: (() => Promise<unknown>)[] = [];
  const pool = () => {
    const sequelize = connect(url, 5);
    closers.push(() => sequelize.close());
    return sqlOver(sequelize);
  };
  const sql = pool();
  return {
    url,
    sql,
    process: async ({ log = silent, timing = {}, ...rest } = {}) => {
      const own = pool();
      const bus = new PostgresBus(url, log as Logger);
      await bus.open();
      closers.push(() => bus.close());
      const jobs = createJobs({
        sql: own,
        bus,
        databaseUrl: url,
        log,
        work: true,
        name: `worker ${closers.length}`,
        ...rest,
        timing: { ...quick, ...timing },
      });
      closers.push(() => jobs.drain(1000));
      return jobs;
    },
    run: (id) => readRun(sql, id),
    close: async () => {
      for (const close of closers.toReversed()) await close();
      await drop();
    },
  };
}

/** A promise with its handle outside. */
export function gate<T = void>(): { readonly opened: Promise<T>; open(value: T): void } {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open: (value) => open(value) };
}

/** For a job that does nothing until it is aborted. */
export const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** Asks again and again until there is an answer. */
export async function eventually<T>(ask: () => Promise<T | undefined | false | null>): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise(setImmediate)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error('It did not come to that within 10 s.');
}
