import { hostname } from 'node:os';
import { createApp, type App } from '../core/app.ts';
import { PostgresBus } from '../core/database/listen.ts';
import type { Logger } from '../core/log.ts';
import { createJobs, type RunningJobs } from '../jobs/index.ts';
import { trainingJobs } from '../jobs/training/job.ts';
import { trainerInThread, type Trainer } from '../jobs/training/run.ts';
import { updateOnNewFilms } from '../jobs/training/update.ts';
import { suggestInThread, suggestionJob } from '../jobs/weights/job.ts';
import type { Database } from './database.ts';
import type { Env } from './env.ts';
import { mailerOf } from './mail.ts';
import { plugins } from './plugins.ts';
import { loadSecrets } from './secrets.ts';

export interface Site {
  readonly app: App;
  readonly jobs: RunningJobs;
  close(): Promise<void>;
}
export interface SiteOptions {
  readonly console: boolean;
  readonly trainer?: Trainer;
  readonly views: URL;
}

/** Everything of one process on an open database, by its role. */
export async function openSite(env: Env, { url, sequelize, sql }: Database, log: Logger, options: SiteOptions): Promise<Site> {
  const secrets = loadSecrets(env.DATA_DIR);
  const bus = new PostgresBus(url, log);
  await bus.open();
  const jobs = createJobs({
    sql,
    bus,
    databaseUrl: url,
    jobsUrl: env.JOBS_URL,
    log,
    work: env.ROLE !== 'web',
    name: `${env.ROLE}-${hostname()}-${process.pid}`,
  });
  const app = await createApp({
    plugins,
    sequelize,
    databaseUrl: url,
    bus,
    jobs,
    log,
    views: options.views,
    secrets: { session: env.SESSION_SECRET ?? secrets.session, signing: secrets.signing },
    publicUrl: env.PUBLIC_URL,
    mailer: mailerOf(env),
    trustProxy: env.TRUST_PROXY,
    ...(options.console ? { console: async (core) => (await import('./console.ts')).openConsole(core, jobs) } : {}),
  });
  const parts = {
    ...app,
    jobs,
    databaseUrl: url,
    trainer: options.trainer ?? trainerInThread(url),
    retrain: env.RETRAIN_CRON,
    update: env.UPDATE_CRON,
  };
  const undos = [...trainingJobs(parts), suggestionJob({ ...parts, suggester: suggestInThread })].map((job) => jobs.start(job));
  const unfollow = env.ROLE === 'web' ? () => {} : updateOnNewFilms({ sql, jobs, bus });
  await jobs.begin();
  return {
    app,
    jobs,
    close: async () => {
      unfollow();
      await Promise.all(undos.map((undo) => undo()));
      await jobs.drain(10_000);
      await app.close();
    },
  };
}
