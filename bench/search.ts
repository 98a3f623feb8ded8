import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parseTitle } from '../config/import/titles.ts';
import { projectRoot } from '../config/paths.ts';
import { loadSecrets } from '../config/secrets.ts';
import { connect, sqlOver } from '../core/database/connect.ts';
import type { Sql } from '../core/database/sql.ts';
import { badRequest } from '../core/errors.ts';
import { seeded } from '../math/random.ts';
import { seedAccounts } from '../plugins/accounts/seed.ts';
import { upsertFilms, type FilmRecord } from '../plugins/catalogue/store.ts';
import { Browser } from './browser.ts';
import { startServer, type Server } from './database.ts';
import type { Table } from './table.ts';
import { quantile } from './timing.ts';

/** What people type, from the usual to what costs most, and what should be found. */
const texts = ['star wars', 'godfather', 'godfater', 'kurosava dreams', 'amelie', 'the man', 'love', 'terminater 2', 'heat', 'the', 'of', 'a'];
const rounds = 30,
  warmUp = 5;

/** Search over the 62,423 titles of MovieLens 25M, as a visitor's browser asks for it, beside a bare page. */
export async function searching(): Promise<Table> {
  const server = await startServer();
  try {
    return await measured(server);
  } finally {
    await server.stop();
  }
}

async function measured(server: Server): Promise<Table> {
  const url = await server.database('search'),
    secrets = loadSecrets(server.dataDir),
    films = await fill(url);
  const environment = { DATABASE_URL: url, DATA_DIR: server.dataDir, ROLE: 'web', SESSION_SECRET: secrets.session };
  const [bare, site] = [await Browser.open('bare', { environment }), await Browser.open('site', { environment })];
  const kinds: readonly (readonly [string, Browser, (text: string) => string])[] = [
    ['Bare Express + Handlebars page, one query', bare, () => '/'],
    ['Suggestions while typing (JSON)', site, (text) => `/search/suggest?q=${encodeURIComponent(text)}`],
    ['Search page', site, (text) => `/search?q=${encodeURIComponent(text)}`],
    ['Search page with filters', site, (text) => `/search?q=${encodeURIComponent(text)}&genre=drama&from=1980&stars=3`],
    ['All films with filters, no text', site, () => '/search?genre=drama&from=1980&length=90-120'],
  ];
  const times = kinds.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round++)
    for (const [kind, [, browser, path]] of kinds.entries())
      for (const text of texts) {
        const { status, milliseconds } = await browser.send(path(text), undefined, kind === 1 ? 'application/json' : 'text/html');
        if (status !== 200) throw new Error(`${path(text)} was answered with ${status}.`);
        if (round >= 0) times[kind]!.push(milliseconds);
      }
  await Promise.all([bare.close(), site.close()]);
  const base = quantile(times[0]!, 0.5);
  return {
    title: 'Search over a large catalogue',
    columns: ['Request', 'p50 ms', 'p95 ms', 'slowest text p50 ms', '× bare'],
    rows: kinds.map(([title], kind) => [
      title,
      quantile(times[kind]!, 0.5),
      quantile(times[kind]!, 0.95),
      slowest(times[kind]!),
      quantile(times[kind]!, 0.5) / base,
    ]),
    note: `${films.toLocaleString('en')} titles of MovieLens 25M with made-up numbers of ratings. ${texts.length} texts, right and misspelt ("${texts.join('", "')}"), ${rounds} times each after ${warmUp} to warm up, one after the other; the time is from sending to the last byte, as a visitor.`,
  };
}

/** The median of the text that takes longest. */
const slowest = (times: readonly number[]): number =>
  Math.max(
    ...texts.map((_, text) =>
      quantile(
        times.filter((_time, i) => i % texts.length === text),
        0.5,
      ),
    ),
  );

export async function fill(url: string): Promise<number> {
  const sequelize = connect(url, 2),
    sql = sqlOver(sequelize),
    films = titles();
  await seedAccounts(sql, { alex: 'a long pass phrase', morgan: 'a long pass phrase', robin: 'a long pass phrase' });
  for (let from = 0; from < films.length; from += 5000) await upsertFilms(sql, films.slice(from, from + 5000));
  await rate(sql, films.length);
  await sequelize.close();
  return films.length;
}

function titles(): FilmRecord[] {
  const file = join(projectRoot, '..', 'shared', 'data', 'ml-25m-titles', 'movies.csv.gz');
  if (!existsSync(file)) throw badRequest(`This measurement needs ${file}: the titles of MovieLens 25M.`);
  const rows = parse(gunzipSync(readFileSync(file)), { columns: true }) as { movieId: string; title: string; genres: string }[];
  return rows.map(({ movieId, title: text, genres }) => {
    const { title, year } = parseTitle(text);
    return {
      movielensId: Number(movieId),
      title,
      year,
      runtime: 80 + (Number(movieId) % 90),
      genres: genres.split('|').filter((name) => !name.startsWith('(')),
    };
  });
}

/** Few films have most of the ratings, as on any site. */
async function rate(sql: Sql, films: number): Promise<void> {
  const random = seeded(1),
    counts = Array.from({ length: films }, () => Math.floor(5 / (random() + 5e-5)));
  await sql.rows(
    `update film f set rating_count = n, rating_sum = n * (2.5 + f.id % 4 / 2.0) from unnest($1::integer[]) with ordinality as r (n, place)
      where f.id = place`,
    [counts],
  );
  await sql.rows('analyze');
}
