import type { Sql } from '../../../core/database/sql.ts';

export interface Statistics {
  readonly ratings: number;
  readonly mean: number | null;
  readonly minutes: number;
}

export const statistics = async (sql: Sql, unit: number): Promise<Statistics> =>
  (await sql.one<Statistics>(
    `select count(*)::integer as ratings, avg(r.stars)::real as mean, coalesce(sum(f.runtime), 0)::integer as minutes
      from rating r join film f on f.id = r.film where r.unit = $1`,
    [unit],
  ))!;
