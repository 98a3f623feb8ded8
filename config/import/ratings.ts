import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Sql } from '../../core/database/sql.ts';
import { hashPassword } from '../../plugins/accounts/password.ts';
import type { RatingRow } from './movielens.ts';

/** Copies ratings into a table that lives as long as the transaction. What they mean is worked out there, in sets. */
export async function copyRatings(client: pg.Client, ratings: AsyncIterable<RatingRow>): Promise<number> {
  await client.query('create temp table import_rating (line integer, "user" integer, movie integer, stars real, at float8) on commit drop');
  const copy = client.query(copyFrom('copy import_rating from stdin'));
  await pipeline(Readable.from(asText(ratings)), copy);
  await client.query('analyze import_rating');
  return copy.rowCount;
}

async function* asText(ratings: AsyncIterable<RatingRow>): AsyncGenerator<string> {
  let text = '';
  for await (const { line, user, movie, stars, at } of ratings) {
    text += `${line}\t${user}\t${movie}\t${stars}\t${at ?? '\\N'}\n`;
    if (text.length > 1 << 16) { yield text; text = ''; }
  }
  if (text !== '') yield text;
}

/** Why a copied rating cannot be stored, and which ones. */
const faults = {
  'there is no such film': 'movie not in (select movielens_id from film where movielens_id is not null)',
  'the same viewer rates the same film again further down':
    'exists (select from import_rating later where later."user" = r."user" and later.movie = r.movie and later.line > r.line)',
  'the handle for this viewer belongs to somebody else': '"user" not in (select "user" from import_viewer)',
};

/** Takes out what cannot be stored, row by row. */
export async function refuseRatings(sql: Sql, why: keyof typeof faults, refuse: (line: number) => void): Promise<void> {
  for (const { line } of await sql.rows<{ line: number }>(`delete from import_rating r where ${faults[why]} returning line`)) refuse(line);
}

/**
 * Viewers of a data set become accounts that nobody can sign in to, named "<source>_<id>", so that operators can look
 * at what they would be recommended. Their e-mail addresses can never exist (RFC 2606).
 * @returns how many are new
 */
export async function storeViewers(sql: Sql, source: string, now: Date): Promise<number> {
  const nobodyKnows = await hashPassword(randomBytes(32).toString('base64'));
  const added = await sql.rows(`insert into account (handle, name, email, password_hash, created_at)
    select $1 || '_' || "user", 'MovieLens viewer ' || "user", $1 || '_' || "user" || '@imported.invalid', $2, coalesce(to_timestamp(min(at)), $3)
    from import_rating group by "user" order by "user" on conflict do nothing returning id`, [source, nobodyKnows, now]);
  await sql.rows(`create temp table import_viewer on commit drop as
    select v."user", a.id as account from (select distinct "user" from import_rating) v
    join account a on a.handle = $1 || '_' || v."user" and a.email = a.handle || '@imported.invalid'`, [source]);
  await sql.rows(`insert into unit (account, created_at) select a.id, a.created_at from import_viewer v join account a on a.id = v.account
    order by a.id on conflict do nothing`);
  return added.length;
}

/**
 * Stores what was copied, in one statement: the films' totals are locked only at its end. Ratings without a time count as
 * old, not as new: they are dated 1970. The same file again changes nothing.
 * @returns how many are new or changed
 */
export async function mergeRatings(sql: Sql): Promise<number> {
  const { n } = (await sql.one<{ n: number }>(`with written as (
      insert into rating (unit, film, stars, rated_at)
      select u.id, f.id, r.stars, to_timestamp(coalesce(r.at, 0)) from import_rating r
        join import_viewer v using ("user") join unit u on u.account = v.account join film f on f.movielens_id = r.movie order by u.id, f.id
      on conflict (unit, film) do update set stars = excluded.stars, rated_at = excluded.rated_at
        where rating.stars <> excluded.stars or (rating.rated_at <> excluded.rated_at and excluded.rated_at > to_timestamp(0)) returning 1)
    select count(*)::integer as n from written`))!;
  await sql.rows('analyze rating, film, account, unit');
  return n;
}
