import type { Sql } from '../../core/database/sql.ts';
import type { Group } from './groups/film.ts';

export interface StoredGroup extends Group {
  readonly id: number;
}

/** Where a unit stands with the question. */
export interface State {
  readonly picks: readonly StoredGroup[];
  /** said "Not now" */
  readonly skipped: boolean;
  /** films rated or watched, counted up to `enough` */
  readonly seen: number;
}

/** Films in the history from which on picks are no longer worth a word on the home page. */
export const enough = 10;

export async function stateOf(sql: Sql, unit: number): Promise<State> {
  const state = await sql.one<State>(
    `select
      (select coalesce(json_agg(json_build_object('id', pick_group, 'name', name, 'films', films) order by pick_group), '[]')
         from pick where unit = $1) as picks,
      exists (select from pick_skip where unit = $1) as skipped,
      (select count(*)::integer from (
         (select from rating where unit = $1 limit $2) union all (select from watch where unit = $1 limit $2)) s) as seen`,
    [unit, enough],
  );
  return state ?? { picks: [], skipped: false, seen: 0 };
}

/** The newest groups. */
export const groupsNow = (sql: Sql): Promise<StoredGroup[]> =>
  sql.rows<StoredGroup>('select id, name, films from pick_group where made_at = (select max(made_at) from pick_group) order by id');

/** Those of the ids that there are: a group that is not shown any more, and one that the unit picked before, can be chosen still. */
export const groupsWith = (sql: Sql, unit: number, ids: readonly number[]): Promise<StoredGroup[]> =>
  sql.rows<StoredGroup>(
    `select id, name, films from pick_group where id = any ($2)
     union select pick_group, name, films from pick where unit = $1 and pick_group = any ($2) and pick_group not in (select id from pick_group)`,
    [unit, ids],
  );

/** New groups take the place of those before them; a form that was opened within two days still finds its own. */
export const replaceGroups = (sql: Sql, groups: readonly Group[]): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows(`delete from pick_group where made_at < now() - interval '2 days'`);
    for (const { name, films } of groups) await tx.rows('insert into pick_group (name, films, made_at) values ($1, $2, now())', [name, films]);
  });

/** Takes the place of what the unit picked before. */
export const savePicks = (sql: Sql, unit: number, groups: readonly StoredGroup[], at: Date): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows('delete from pick where unit = $1', [unit]);
    for (const { id, name, films } of groups)
      await tx.rows(
        `insert into pick (unit, pick_group, name, films, at) values ($1, $2, $3, $4, $5)
         on conflict (unit, pick_group) do update set at = excluded.at`,
        [unit, id, name, films, at],
      );
  });

export const removePicks = async (sql: Sql, unit: number): Promise<void> => void (await sql.rows('delete from pick where unit = $1', [unit]));

export const skip = async (sql: Sql, unit: number, at: Date): Promise<void> =>
  void (await sql.rows('insert into pick_skip (unit, at) values ($1, $2) on conflict (unit) do nothing', [unit, at]));

/** Gives a visitor's picks to the account that the visitor turned out to be, unless the account has some of its own. */
export const mergePicks = (sql: Sql, { from, into }: { from: number; into: number }): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows(
      `with moved as (delete from pick where unit = $1 returning pick_group, name, films, at)
       insert into pick (unit, pick_group, name, films, at) select $2, pick_group, name, films, at from moved
       where not exists (select from pick where unit = $2)`,
      [from, into],
    );
    await tx.rows(
      `with moved as (delete from pick_skip where unit = $1 returning at)
       insert into pick_skip (unit, at) select $2, at from moved on conflict (unit) do nothing`,
      [from, into],
    );
  });
