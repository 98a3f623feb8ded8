import type { Server } from 'node:http';
import { once } from 'node:events';
import { createLogger, type Logger } from '../core/log.ts';
import { AppError } from '../core/errors.ts';
import { requestTraining } from '../jobs/training/job.ts';
import { openDatabase } from './database.ts';
import { ConfigurationError, loadEnv, type Env } from './env.ts';
import { firstBlend } from './first-blend.ts';
import { plugins } from './plugins.ts';
import { loadSecrets } from './secrets.ts';
import { seedSite } from './seed.ts';
import { openSite, type Site } from './site.ts';
import { Steps } from './steps.ts';

const views = new URL('../views/', import.meta.url);
/** How long requests in flight may take after a stop was asked for, in milliseconds. */
const patience = 10_000;
/** What was started, to be undone last step first. */
const undos: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  const env = loadEnv(),
    log = createLogger(env.LOG_LEVEL),
    steps = new Steps();
  stopOnSignal(log);
  const database = await openDatabase(env, steps, log);
  undos.push(database.stop);
  const secrets = loadSecrets(env.DATA_DIR);
  if (env.SEED && env.ROLE !== 'worker') {
    await steps.run(
      'Fill an empty site',
      (progress) => seedSite(database.sql, secrets, new Date(), progress),
      (done) => done ?? 'it has films already',
    );
  }
  const site = await steps.run(
    'Load plugins and models',
    () => openSite(env, database, log, { console: env.ROLE !== 'worker', views }),
    (opened) => `${countOn(opened)} plugins on`,
  );
  undos.push(site.close);
  if (env.ROLE !== 'worker' && !site.app.blends.current()) await site.app.blends.create(firstBlend.name, firstBlend.spec, null);
  // A worker may have looked before this process had filled the site.
  const runs = await requestMissing(site);
  if (env.ROLE !== 'web' && runs.length > 0) await trainMissing(site, runs, steps);
  if (env.ROLE !== 'worker') undos.push(await listen(env, site));
  announce(env, secrets);
}

function countOn({ app }: Site): number {
  return plugins.filter(({ id }) => app.host.status(id) === 'on').length;
}

/** The first models of a site; later ones come from the daily retraining. @returns the runs that make them */
async function requestMissing({ app, jobs }: Site): Promise<number[]> {
  const missing = app.recommender
    .algorithms()
    .filter(({ model }) => model === undefined)
    .map(({ algorithm }) => algorithm);
  if (missing.length === 0 || !(await app.sql.one('select from film limit 1'))) return [];
  return app.sql.transaction(async (tx) => {
    const ids: number[] = [];
    for (const { id } of missing) ids.push(await requestTraining(jobs, tx, id));
    return ids;
  });
}

/** The site opens when each algorithm has a model. */
async function trainMissing({ app, jobs }: Site, runs: readonly number[], steps: Steps): Promise<void> {
  await steps.run(
    'Train the first models',
    async (progress) => {
      let done = 0;
      await Promise.all(
        runs.map(async (run) => {
          await jobs.settled(run);
          progress(++done / runs.length);
        }),
      );
      await app.models.refresh();
    },
    () => `${app.models.loaded.size} of ${app.recommender.algorithms().length} algorithms in service`,
  );
}

async function listen(env: Env, site: Site): Promise<() => Promise<void>> {
  const server: Server = site.app.http.listen(env.PORT, env.HOST);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError(`${env.HOST}:${env.PORT} cannot be used (${error.code}). Set PORT or HOST to a free address.`);
  });
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), patience).unref();
    await closed;
  };
}

function announce({ HOST, PORT, PUBLIC_URL, ROLE }: Env, { viewer, manager, admin }: ReturnType<typeof loadSecrets>): void {
  if (ROLE === 'worker') return void process.stdout.write('\nMarquee is running: this process works on jobs.\n');
  const at = PUBLIC_URL ?? `http://${HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST}:${PORT}`;
  process.stdout.write(
    [
      '',
      `Marquee is running.`,
      `  Site      ${at}/`,
      `  Console   ${at}/admin`,
      '',
      'Accounts of the first start (passwords are in secrets.json of the data folder; change them under Account):',
      `  Viewer    viewer@marquee.local    ${viewer}`,
      `  Manager   manager@marquee.local   ${manager}`,
      `  Admin     admin@marquee.local     ${admin}`,
      '',
      'Ctrl-C stops everything.',
      '',
    ].join('\n'),
  );
}

/** A second signal some seconds later gives up waiting. */
function stopOnSignal(log: Logger): void {
  let asked: number | undefined;
  const stop = async (): Promise<void> => {
    // npm passes the terminal's signal on, so the same one comes twice at once.
    if (asked !== undefined) return performance.now() - asked > 2_000 ? process.exit(1) : undefined;
    asked = performance.now();
    process.stdout.write('\nStopping …\n');
    await undoAll(log);
    // Agenda leaves a timer behind that would keep the process for minutes.
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

async function undoAll(log?: Logger): Promise<void> {
  for (const undo of undos.splice(0).toReversed()) await undo().catch((error: unknown) => log?.error('could not stop cleanly', error));
}

try {
  await main();
} catch (error) {
  const known = error instanceof ConfigurationError || error instanceof AppError;
  process.stderr.write(`\nMarquee could not start. ${known ? error.message : (error as Error).stack}\n`);
  await undoAll();
  process.exit(error instanceof ConfigurationError ? error.exitCode : 1);
}
