import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { badRequest } from '../../core/errors.ts';
import { createLogger } from '../../core/log.ts';
import { openDatabase } from '../database.ts';
import { loadEnv } from '../env.ts';
import { Steps } from '../steps.ts';
import { importDataSet, type Imported } from './import.ts';
import { Report } from './report.ts';

const usage = `Usage: npm run import -- PATH [--metadata FILE.jsonl[.gz]]
PATH is a MovieLens folder or zip: movies.csv and ratings.csv, or movies.dat and ratings.dat. Its name names the viewers.`;

const { path, metadata } = argumentsOf(),
  env = loadEnv(),
  steps = new Steps(),
  report = new Report();
const database = await openDatabase(env, steps, createLogger(env.LOG_LEVEL));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().finally(() => process.exit(130)));
try {
  tell(await importDataSet({ databaseUrl: database.url, path, metadata, steps, report, now: new Date() }));
} finally {
  if (report.rows.length > 0) tellRefused();
  await close();
}

async function close(): Promise<void> {
  await database.sequelize.close();
  await database.stop();
}

function argumentsOf(): { path: string; metadata: string | undefined } {
  try {
    const {
      positionals: [path, ...more],
      values: { metadata },
    } = parseArgs({ allowPositionals: true, options: { metadata: { type: 'string' } } });
    if (path !== undefined && more.length === 0) return { path: resolve(path), metadata: metadata === undefined ? undefined : resolve(metadata) };
  } catch {
    // the usage says what is wrong
  }
  throw badRequest(usage);
}

function tell({ films, viewers, ratings, facts }: Imported): void {
  const changes = films.added + films.changed + viewers + ratings + facts;
  process.stdout.write(
    changes > 0
      ? 'Done. New recommendations come with the next training: the daily one, or "Train now" in the console.\n'
      : 'Everything was there already: nothing was changed.\n',
  );
}

function tellRefused(): void {
  const lines = report
    .summary()
    .slice(0, 8)
    .map((line) => `  ${line}\n`)
    .join('');
  process.stdout.write(`Rows left out: ${report.rows.length}\n${lines}Each of them: ${report.write(env.DATA_DIR, new Date())}\n`);
}
