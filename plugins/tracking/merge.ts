import type { Sql } from '../../core/database/sql.ts';

/** Gives what a visitor was shown and did to the account that the visitor turned out to be. Nothing is counted twice. */
export function mergeTracking(sql: Sql, { from, into }: { from: number; into: number }): Promise<void> {
  return sql.transaction(async (tx) => {
    for (const statement of statements) await tx.rows(statement, [from, into]);
  });
}

// Rows that hang on a list are found by the list's unit, so the lists themselves come last.
const ofLists = 'list in (select id from served_list where unit = $1)';
const statements = [
  `update list_assignment set unit = $2 where ${ofLists}`,
  `update click set unit = $2 where ${ofLists}`,
  `delete from outcome o using outcome known where o.unit = $1 and known.unit = $2 and known.film = o.film and known.kind = o.kind`,
  'update outcome set unit = $2 where unit = $1',
  'update served_list set unit = $2 where unit = $1',
  `with moved as (delete from shown_hour where unit = $1 returning hour, blend_version, algorithm, films)
   insert into shown_hour as known (hour, unit, blend_version, algorithm, films) select hour, $2, blend_version, algorithm, films from moved
   on conflict (hour, unit, blend_version, algorithm) do update set films = known.films + excluded.films`,
];
