import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from './database.ts';
import { loadEnv, type Env } from './env.ts';
import { loadSecrets } from './secrets.ts';
import { Steps } from './steps.ts';
import { badRequest, unavailable } from '../core/errors.ts';
import { clockHeader } from '../core/http/headers.ts';
import { Signer } from '../core/http/signing.ts';
import { createLogger } from '../core/log.ts';
import { filmTastes } from '../plugins/history/seed/tastes.ts';
import type { Site } from '../plugins/experiments/simulate/browser.ts';
import { countSimulated, loadFilms, loadViewers } from '../plugins/experiments/simulate/load.ts';
import { simulate } from '../plugins/experiments/simulate/simulate.ts';
import { inWords } from '../plugins/experiments/simulate/tally.ts';

const usage = `Usage: npm run simulate -- [--viewers 500] [--days 7] [--url http://…] [--seed 1] [--rate 100]
Sends simulated viewers through the pages of the running site, as if they had come over the last days.
  --viewers  how many, out of the site's simulated viewers
  --days     over how many days their visits are spread, 1 to 60
  --url      where the site is; by default where this configuration starts it
  --seed     another whole number, other visits
  --rate     at most so many requests a second; by default as many as the site answers`;

interface Wish {
  readonly viewers: number;
  readonly days: number;
  readonly seed: number;
  readonly rate: number | undefined;
  readonly url: string | undefined;
}

/** `npm run simulate`. Visits go over HTTP alone; the database is only asked who the simulated viewers are and what they like. */
async function main(): Promise<void> {
  const wish = wishOf(),
    env = loadEnv(),
    steps = new Steps(),
    url = wish.url ?? addressOf(env);
  await refuseSilence(url);
  const secrets = loadSecrets(env.DATA_DIR),
    signer = new Signer(secrets.signing);
  const { viewers, films, counted } = await readSite(env, steps);
  if (viewers.length < wish.viewers) throw badRequest(tooFew(viewers.length, wish.viewers));
  const site: Site = { url, clockHeader, sign: (time) => signer.sign('clock', time), turn: turns(wish.rate) };
  const tally = await steps.run(
    `Simulate ${wish.viewers} viewers over ${wish.days} days`,
    (progress) =>
      simulate({
        viewers,
        films,
        site,
        progress,
        count: wish.viewers,
        days: wish.days,
        seed: wish.seed,
        now: new Date(),
        password: secrets.simulated,
      }),
    ({ visits, clicks }) => `${visits} visits, ${clicks} clicks`,
  );
  if (!counted) process.stdout.write(uncounted);
  process.stdout.write(`${inWords(tally).join('\n')}\nResults are in the console: ${url}/admin/pages/experiments\n`);
}

function wishOf(): Wish {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { viewers: text, days: text, url: text, seed: text, rate: text } });
    const { viewers = '500', days = '7', seed = '1', rate, url } = values;
    if (url !== undefined && !/^https?:$/.test(new URL(url).protocol)) throw new Error('no web address');
    return {
      viewers: whole(viewers, 1, 100_000),
      days: whole(days, 1, 60),
      seed: whole(seed, 0, 1_000_000),
      rate: rate === undefined ? undefined : whole(rate, 1, 10_000),
      url: url && new URL(url).origin,
    };
  } catch {
    throw badRequest(usage);
  }
}

function whole(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new Error('not in range');
  return value;
}

const addressOf = ({ PUBLIC_URL, HOST, PORT }: Env): string => {
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
  return PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
};

/** Asked before the database, which would otherwise be started for nothing. */
async function refuseSilence(url: string): Promise<void> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (!answer) throw unavailable(`No site answers at ${url}. Start it with npm start in another terminal, or name its address with --url.`);
  if (!answer.ok) throw unavailable(`The site at ${url} is not ready yet (status ${answer.status}). Try again when it says that it is running.`);
}

async function readSite(env: Env, steps: Steps) {
  const { sql, sequelize, stop } = await openDatabase(env, steps, createLogger(env.LOG_LEVEL));
  try {
    const rows = await loadFilms(sql);
    const films = {
      ids: rows.map(({ id }) => id),
      tastes: filmTastes(rows),
      popularity: rows.map(({ ratings }) => ratings),
      mean: rows.map(({ mean }) => mean),
    };
    return { viewers: await loadViewers(sql), films, counted: await countSimulated(sql) };
  } finally {
    await sequelize.close();
    await stop();
  }
}

const uncounted = 'No running experiment takes simulated viewers in. To see one at work, tick "Simulated viewers take part" before its launch.\n';

const tooFew = (there: number, wanted: number): string =>
  there === 0
    ? 'This site has no simulated viewers: they come with the built-in catalogue, on a site that starts empty with SEED=true.'
    : `This site has ${there} simulated viewers, not ${wanted}. Ask for fewer: npm run simulate -- --viewers ${there}`;

/** Spreads requests evenly where there is a limit. */
function turns(rate: number | undefined): () => Promise<void> {
  let next = 0;
  return async () => {
    if (rate === undefined) return;
    const now = performance.now();
    next = Math.max(now, next) + 1000 / rate;
    await pause(next - now);
  };
}

await main();
