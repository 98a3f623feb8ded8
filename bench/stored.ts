import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { seeded } from '../math/random.ts';
import type { SparseRows } from '../math/sparse.ts';
import { madeUpFilms } from './expansion.ts';

/** Days over which the ratings are spread, the last of them at the end of 2024. */
const PERIOD = 1000;
const DAY = 86_400_000;
const days = Array.from({ length: PERIOD }, (_, age) => new Date(Date.UTC(2024, 11, 31) - age * DAY).toISOString());

/**
 * Puts a matrix of stars into a new database, by COPY: viewer r gets the id r + 1, and so do films. The ratings are sound by
 * the way they are made, so that neither references nor totals are kept; keys and indexes are.
 */
export async function storeRatings(databaseUrl: string, matrix: SparseRows): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('set session_replication_role = replica');
  await client.query('insert into unit (visitor) select gen_random_uuid() from generate_series(1, $1::integer)', [matrix.rows]);
  const films = madeUpFilms(matrix.columns).map(({ title, year, plot }) => ({ title, year, plot }));
  await client.query(
    'insert into film (title, year, plot) select title, year, plot from json_to_recordset($1) as f (title text, year integer, plot text)',
    [JSON.stringify(films)],
  );
  await pipeline(Readable.from(asText(matrix)), client.query(copyFrom('copy rating (unit, film, stars, rated_at) from stdin')));
  await client.query('vacuum analyze rating');
  await client.end();
}

function* asText({ rows, start, index, value }: SparseRows): Generator<string> {
  const next = seeded(6);
  let text = '';
  for (let row = 0; row < rows; row++) {
    for (let e = start[row]!; e < start[row + 1]!; e++) text += `${row + 1}\t${index[e]! + 1}\t${value[e]!}\t${days[Math.floor(PERIOD * next())]!}\n`;
    if (text.length < 1 << 16) continue;
    yield text;
    text = '';
  }
  yield text;
}
