import { setTimeout as pause } from 'node:timers/promises';
import { requestTraining, trainJob } from '../jobs/training/job.ts';
import type { Site } from '../config/site.ts';
import { Browser } from './browser.ts';
import type { BenchSite } from './site.ts';
import type { Table } from './table.ts';
import { quantile } from './timing.ts';

/** The one that trains longest. */
const algorithm = 'ncf';
const warmUp = 40,
  rounds = 8,
  inRound = 50;
/** Milliseconds between two looks at a run. */
const glance = 50;

interface Page {
  readonly title: string;
  readonly path: (n: number) => string;
  readonly idle: number[];
  readonly training: number[];
}

/** Pages of a web process while the worker process beside it trains, and while it has nothing to do; the rounds take turns. */
export async function quietPages(site: BenchSite): Promise<Table> {
  const browser = await Browser.open('site', site),
    worker = await Browser.open('site', { ...site, environment: { ...site.environment, ROLE: 'worker' } }),
    own = await site.open();
  await browser.signIn('viewer@marquee.local', site.secrets.viewer);
  const pages = pagesOf(site.films);
  for (const page of pages) await ask(browser, page, warmUp);
  for (let round = 0; round < rounds; round++) {
    await settle(own);
    for (const page of pages) page.idle.push(...(await ask(browser, page, inRound)));
    for (const page of pages) page.training.push(...(await whileTraining(own, () => ask(browser, page, inRound))));
  }
  await settle(own);
  await Promise.all([browser.close(), worker.close(), own.close()]);
  return {
    title: 'Pages while a worker trains',
    columns: ['Page', 'Idle p50 ms', 'p99 ms', 'Training p50 ms', 'p99 ms', 'p99, training / idle'],
    rows: [
      ...pages.map(rowOf),
      rowOf({ title: 'All', path: String, idle: pages.flatMap(({ idle }) => idle), training: pages.flatMap((page) => page.training) }),
    ],
    note: `${site.holds}. One web process and one worker process on the same database; the worker trains ${algorithm}, over and over. ${rounds * inRound} requests a page and state after ${warmUp} to warm up, one after the other over one kept-alive connection; ${rounds} rounds of each state take turns.`,
  };
}

function pagesOf(films: number): Page[] {
  const page = (title: string, path: Page['path']): Page => ({ title, path, idle: [], training: [] });
  return [
    page('Home', () => '/'),
    page('Film', (n) => `/film/${1 + ((n * 17) % films)}`),
    page('Genre', (n) => `/genre/${['drama', 'comedy', 'thriller', 'action'][n % 4]}`),
    page('Search', (n) => `/search?q=${['matrix', 'godfater', 'hanks', 'amelie'][n % 4]}`),
  ];
}

function rowOf({ title, idle, training }: Page): (string | number)[] {
  const [before, during] = [quantile(idle, 0.99), quantile(training, 0.99)];
  return [title, quantile(idle, 0.5), before, quantile(training, 0.5), during, during / before];
}

/** Milliseconds of each request. */
async function ask(browser: Browser, { title, path, idle, training }: Page, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const { status, milliseconds } = await browser.send(path(idle.length + training.length + i));
    if (status !== 200) throw new Error(`${title} was answered with ${status}.`);
    times.push(milliseconds);
  }
  return times;
}

/** Works while a training runs; again where the training ended before the work did. */
async function whileTraining<T>(site: Site, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const run = await site.app.sql.transaction((tx) => requestTraining(site.jobs, tx, algorithm));
    while ((await statusOf(site, run)) === 'queued') await pause(glance);
    if ((await statusOf(site, run)) !== 'running') throw new Error('The training ended before a page was asked for.');
    const result = await work();
    if ((await statusOf(site, run)) === 'running') return result;
  }
}

/** Ends all trainings. */
async function settle(site: Site): Promise<void> {
  const { sql } = site.app;
  const alive = await sql.rows<{ id: number }>(`select id from job_run where name = $1 and status in ('queued', 'running')`, [trainJob]);
  for (const { id } of alive) {
    await site.jobs.cancel(sql, id).catch(() => undefined);
    await site.jobs.settled(id);
  }
}

const statusOf = async ({ app }: Site, run: number): Promise<string | undefined> =>
  (await app.sql.one<{ status: string }>('select status from job_run where id = $1', [run]))?.status;
