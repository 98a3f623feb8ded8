import type { Sql } from '../../core/database/sql.ts';

const tables = { rating: 'rated_at', watch: 'watched_at', dismissal: 'at' } as const;

/** Gives a visitor's history to the account that the visitor turned out to be. Of two marks on one film the newer stays. */
export function mergeHistory(sql: Sql, { from, into }: { from: number; into: number }): Promise<void> {
  return sql.transaction(async (tx) => {
    for (const [table, time] of Object.entries(tables)) await tx.rows(move(table, time, table === 'rating' ? ', stars' : ''), [from, into]);
  });
}

const move = (table: string, time: string, stars: string): string =>
  `with moved as (delete from ${table} where unit = $1 returning film, ${time}${stars})
   insert into ${table} (unit, film, ${time}${stars}) select $2, film, ${time}${stars} from moved
   on conflict (unit, film) do update set ${time} = excluded.${time}${stars && ', stars = excluded.stars'} where excluded.${time} > ${table}.${time}`;
