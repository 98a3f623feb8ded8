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
    if (text.length > 1 << 16) {
      yield text;
      text = '';
    }
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
  const added = await sql.rows(
    `insert into account (handle, name, email, password_hash, created_at)
    select $1 || '_' || "user", 'MovieLens viewer ' || "user", $1 || '_' || "user" || '@imported.invalid', $2, coalesce(to_timestamp(min(at)), $3)
    from import_rating group by "user" order by "user" on conflict do nothing returning id`,
    [source, nobodyKnows, now],
  );
  await sql.rows(
    `create temp table import_viewer on commit drop as
    select v."user", a.id as account from (select distinct "user" from import_rating) v
    join account a on a.handle = $1 || '_' || v."user" and a.email = a.handle || '@imported.invalid'`,
    [source],
  );
  await sql.rows(`insert into unit (account, created_at) select a.id, a.created_at from import_viewer v join account a on a.id = v.account
    order by a.id on conflict do nothing`);
  return added.length;
}

/** What of the copied ratings is not stored yet. Without a time they count as old, not as new: they are dated 1970. */
const news = `create temp table import_news on commit drop as
  select u.id as unit, f.id as film, r.stars, to_timestamp(coalesce(r.at, 0)) as rated_at from import_rating r
    join import_viewer v using ("user") join unit u on u.account = v.account join film f on f.movielens_id = r.movie
    left join rating old on old.unit = u.id and old.film = f.id
  where old.unit is null or old.stars <> r.stars or (r.at is not null and old.rated_at <> to_timestamp(r.at)) order by u.id, f.id`;

/** Enough statements to tell how far it is; but each changes the totals of all its films, and leaves old rows behind to wade through. */
const slices = 12;

/**
 * Stores what was copied and is not there yet.
 * @returns how many ratings are new or changed
 */
export async function mergeRatings(sql: Sql, progress: (fraction: number) => void): Promise<number> {
  for (const statement of [news, 'create index on import_news (unit)', 'analyze import_news']) await sql.rows(statement);
  // The totals of films change from the first slice on. Taking all of them at once, in order, cannot end in a deadlock.
  await sql.rows('select from film where id in (select film from import_news) order by id for no key update');
  const units = await sql.rows<{ unit: number; n: number }>('select unit, count(*)::integer as n from import_news group by unit order by unit');
  const total = units.reduce((sum, { n }) => sum + n, 0);
  for (let done = 0, waiting = 0, from = 0, i = 0; i < units.length; i++) {
    waiting += units[i]!.n;
    if (waiting < total / slices && i < units.length - 1) continue;
    await sql.rows(
      `insert into rating (unit, film, stars, rated_at) select unit, film, stars, rated_at from import_news where unit between $1 and $2 order by unit, film
      on conflict (unit, film) do update set stars = excluded.stars, rated_at = excluded.rated_at`,
      [units[from]!.unit, units[i]!.unit],
    );
    progress((done += waiting) / total);
    from = i + 1;
    waiting = 0;
  }
  return total;
}
