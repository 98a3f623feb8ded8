import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { badRequest } from '../../core/errors.ts';
import { createLogger } from '../../core/log.ts';
import { openDatabase } from '../database.ts';
import { loadEnv } from '../env.ts';
import { Steps } from '../steps.ts';
import { metadata } from './metadata.ts';
import { movielens } from './movielens.ts';
import { Report } from './report.ts';
import { filesOf, plainFile } from './source.ts';
import { copyRatings, mergeRatings, sqlOn, storeFilms, unknownFilms } from './store.ts';

const usage = `Usage: npm run import -- PATH [--metadata FILE.jsonl[.gz]]
PATH is a MovieLens folder or zip: movies.csv and ratings.csv, or movies.dat and ratings.dat.`;
const env = loadEnv(), log = createLogger(env.LOG_LEVEL), steps = new Steps();
const { path, more } = argumentsOf();
const database = await openDatabase(env, steps, log);
try {
  await importAll();
} finally {
  await database.sequelize.close();
  await database.stop();
}

function argumentsOf(): { path: string; more: string | undefined } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { metadata: { type: 'string' } } });
    if (positionals.length === 1) return { path: resolve(positionals[0]!), more: values.metadata && resolve(values.metadata) };
  } catch {
    // what is wrong is said by the usage
  }
  throw badRequest(usage);
}

/** Everything in one transaction: a bad file, or a lost connection, changes nothing. */
async function importAll(): Promise<void> {
  const data = movielens(await filesOf(path)), extra = more ? plainFile(more) : undefined, report = new Report(), now = new Date();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const sql = sqlOn(client);
  try {
    await client.query('begin');
    const films = await steps.run('Films', (progress) => storeFilms(sql, data.films(report, share(data.size, progress))), ({ added, changed }) => `${added} new, ${changed} changed`);
    if (extra) await steps.run('Plots, people and keywords', (progress) => storeFilms(sql, metadata(extra, report, share(extra.size, progress))), ({ added, changed }) => `${added} new, ${changed} changed`);
    await steps.run('Ratings: reading', (progress) => copyRatings(client, data.ratings(report, share(data.size, progress))));
    for (const { movie, n } of await unknownFilms(sql)) report.refuse('ratings', 0, `film ${movie} is in no file (${n} ratings)`);
    const { viewers, ratings } = await steps.run('Ratings: storing', () => mergeRatings(sql, sourceName(path), now), (done) => `${done.viewers} new viewers, ${done.ratings} new or changed ratings`);
    await client.query(`select pg_notify('marquee', 'catalogue ')`);
    await client.query('commit');
    tell(report, films.added + viewers + ratings);
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

function tell(report: Report, changes: number): void {
  const file = report.write(env.DATA_DIR, new Date());
  if (file) process.stdout.write(`${report.count} rows were refused:\n${report.summary().slice(0, 8).map((line) => `  ${line}\n`).join('')}All of them: ${file}\n`);
  process.stdout.write(changes > 0 ? 'Now train: the console\'s Algorithms page, or wait for the daily retraining.\n' : 'Everything was there already.\n');
}

const share = (size: number, progress: (fraction: number) => void) => {
  let read = 0;
  return (bytes: number): void => { read += bytes; progress(Math.min(1, read / size)); };
};

/** "ml-latest-small.zip" → ml_latest_small: the first part of the handles of its viewers */
function sourceName(from: string): string {
  const name = basename(from).replace(/\.zip$/, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  return (name || 'movielens').slice(0, 18);
}
