import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import type { DiaryEntry } from './api.ts';

const columns = `e.id, e.unit, e.film, to_char(e.watched_on, 'YYYY-MM-DD') as "watchedOn", e.rewatch`;
const visible = 'diary_entry e join film f on f.id = e.film and not f.hidden';

/** @returns the entry, and whether it is new. 404 for an unknown or hidden film. */
export async function put(sql: Sql, entry: Omit<DiaryEntry, 'id'>, at: Date): Promise<DiaryEntry & { readonly fresh: boolean }> {
  const row = await sql.one<DiaryEntry & { fresh: boolean }>(
    `with e as (
       insert into diary_entry as d (unit, film, watched_on, rewatch, noted_at) select $1, id, $3, $4, $5 from film where id = $2 and not hidden
       on conflict (unit, film, watched_on) do update set rewatch = excluded.rewatch returning d.*, d.xmax = 0 as fresh)
     select ${columns}, e.fresh from e`,
    [entry.unit, entry.film, entry.watchedOn, entry.rewatch, at],
  );
  if (!row) throw notFound('film');
  return row;
}

/** Moves an entry to another day. 404 when the unit has no such entry; two of one day become one. */
export async function change(sql: Sql, unit: number, id: number, { watchedOn, rewatch }: Pick<DiaryEntry, 'watchedOn' | 'rewatch'>): Promise<void> {
  await sql.transaction(async (tx) => {
    const entry = await one(tx, unit, id);
    await tx.rows('delete from diary_entry where unit = $1 and film = $2 and watched_on = $3 and id <> $4', [unit, entry.film, watchedOn, id]);
    await tx.rows('update diary_entry set watched_on = $2, rewatch = $3 where id = $1', [id, watchedOn, rewatch]);
  });
}

export async function one(sql: Sql, unit: number, id: number): Promise<DiaryEntry> {
  const entry = await sql.one<DiaryEntry>(`select ${columns} from diary_entry e where e.id = $1 and e.unit = $2 for update`, [id, unit]);
  if (!entry) throw notFound('diary entry');
  return entry;
}

export const remove = async (sql: Sql, unit: number, id: number): Promise<void> =>
  void (await sql.rows('delete from diary_entry where id = $1 and unit = $2', [id, unit]));

export const latest = (sql: Sql, unit: number, { limit, offset = 0 }: { limit: number; offset?: number }): Promise<DiaryEntry[]> =>
  sql.rows<DiaryEntry>(`select ${columns} from ${visible} where e.unit = $1 order by e.watched_on desc, e.id desc limit $2 offset $3`, [
    unit,
    limit,
    offset,
  ]);

export const count = async (sql: Sql, unit: number): Promise<number> =>
  (await sql.one<{ n: number }>(`select count(*)::integer as n from ${visible} where e.unit = $1`, [unit]))!.n;

export const ofFilm = (sql: Sql, unit: number, film: number): Promise<DiaryEntry[]> =>
  sql.rows<DiaryEntry>(`select ${columns} from diary_entry e where e.unit = $1 and e.film = $2 order by e.watched_on desc`, [unit, film]);

/** Gives a visitor's diary to the account that the visitor turned out to be. */
export const merge = (sql: Sql, { from, into }: { from: number; into: number }): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows(
      `with moved as (delete from diary_entry where unit = $1 returning film, watched_on, rewatch, noted_at)
       insert into diary_entry (unit, film, watched_on, rewatch, noted_at) select $2, film, watched_on, rewatch, noted_at from moved
       on conflict (unit, film, watched_on) do nothing`,
      [from, into],
    );
  });
