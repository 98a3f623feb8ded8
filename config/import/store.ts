import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Sql } from '../../core/database/sql.ts';
import { upsertFilms, type FilmRecord } from '../../plugins/catalogue/store.ts';
import type { RatingRow } from './movielens.ts';

/** `Sql` on one connection that the caller has put into a transaction. */
export const sqlOn = (client: pg.Client): Sql => {
  const rows = async <T extends object>(text: string, bind: readonly unknown[] = []): Promise<T[]> => (await client.query(text, bind as unknown[])).rows as T[];
  const sql: Sql = { rows, one: async <T extends object>(text: string, bind?: readonly unknown[]) => (await rows<T>(text, bind))[0], transaction: (work) => work(sql) };
  return sql;
};

const filmsAtOnce = 2000;
export async function storeFilms(sql: Sql, films: AsyncIterable<FilmRecord>): Promise<{ added: number; changed: number }> {
  const total = { added: 0, changed: 0 };
  let batch: FilmRecord[] = [];
  const flush = async (): Promise<void> => {
    const { added, changed } = await upsertFilms(sql, batch);
    total.added += added; total.changed += changed; batch = [];
  };
  for await (const film of films) if (batch.push(film) >= filmsAtOnce) await flush();
  if (batch.length > 0) await flush();
  return total;
}

/** Copies the ratings aside; what they mean is decided by `mergeRatings` in sets. */
export async function copyRatings(client: pg.Client, ratings: AsyncIterable<RatingRow>): Promise<void> {
  await client.query('create temp table import_rating (n integer generated always as identity, "user" integer, movie integer, stars real, at float8) on commit drop');
  await pipeline(Readable.from(lines(ratings)), client.query(copyFrom('copy import_rating ("user", movie, stars, at) from stdin')));
  await client.query('analyze import_rating');
}

async function* lines(ratings: AsyncIterable<RatingRow>): AsyncGenerator<string> {
  let text = '';
  for await (const { user, movie, stars, at } of ratings) {
    text += `${user}\t${movie}\t${stars}\t${at ?? '\\N'}\n`;
    if (text.length > 1 << 16) { yield text; text = ''; }
  }
  yield text;
}

/** Ratings of films that no file names, for the report: how many of each. */
export const unknownFilms = (sql: Sql): Promise<{ movie: number; n: number }[]> =>
  sql.rows(`select movie, count(*)::integer as n from import_rating where movie not in (select movielens_id from film where movielens_id is not null) group by movie order by movie`);

/**
 * Viewers of a data set become accounts that nobody can sign in to, named "<source>_<id>", so that operators can look
 * at their recommendations. The same file again changes nothing; of several ratings for one film the last line counts.
 */
export async function mergeRatings(sql: Sql, source: string, now: Date): Promise<{ viewers: number; ratings: number }> {
  const viewers = await sql.rows(`insert into account (handle, name, email, password_hash, created_at)
    select $1 || '_' || "user", 'MovieLens viewer ' || "user", $1 || '_' || "user" || '@viewers.invalid', '!', coalesce(to_timestamp(min(at)), $2)
    from import_rating group by "user" order by "user" on conflict (handle) do nothing returning id`, [source, now]);
  await sql.rows(`insert into unit (account, created_at) select a.id, a.created_at from account a
    where a.handle like $1 and not exists (select from unit where account = a.id) order by a.id`, [`${source.replaceAll('_', '\\_')}\\_%`]);
  const [written] = await sql.rows<{ n: number }>(`with last as (
      select distinct on (r."user", r.movie) u.id as unit, f.id as film, r.stars, coalesce(to_timestamp(r.at), $2) as at
      from import_rating r join account a on a.handle = $1 || '_' || r."user" join unit u on u.account = a.id join film f on f.movielens_id = r.movie
      order by r."user", r.movie, r.n desc), written as (
      insert into rating (unit, film, stars, rated_at) select unit, film, stars, at from last
      on conflict (unit, film) do update set stars = excluded.stars, rated_at = excluded.rated_at where rating.stars <> excluded.stars returning 1)
    select count(*)::integer as n from written`, [source, now]);
  return { viewers: viewers.length, ratings: written!.n };
}

