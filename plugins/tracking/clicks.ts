import type { Sql } from '../../core/database/sql.ts';

export interface Click {
  readonly list: string;
  /** place in the list, from 0 */
  readonly position: number;
  readonly at: Date;
  /** who clicked: a click on somebody else's list does not count. undefined = nobody, so that the film is only looked up */
  readonly unit: number | undefined;
}

/**
 * Counts a click, once however often it is sent.
 * @returns the film that stands there; undefined when there is no such list or place
 */
export async function click(sql: Sql, { list, position, at, unit }: Click): Promise<number | undefined> {
  const row = await sql.one<{ film: number }>(
    `with shown as (
      select id, unit, films[$2 + 1] as film from served_list where id = $1 and $2 < cardinality(films)
    ), counted as (
      insert into click (list, position, film, unit, at)
      select id, $2, film, unit, $3 from shown where unit = $4 on conflict do nothing
    )
    select film from shown`,
    [list, position, at, unit ?? null],
  );
  return row?.film;
}
