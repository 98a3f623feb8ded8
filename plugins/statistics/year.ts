import type { Sql } from '../../core/database/sql.ts';
import { seen } from './seen.ts';
import type { Count } from './store.ts';

export interface YearTotals {
  readonly films: number;
  readonly minutes: number;
  readonly mean: number | null;
}
export interface YearFilm {
  readonly film: number;
  readonly stars: number | null;
  readonly at: Date;
}
export interface Top {
  readonly name: string;
  readonly n: number;
}
/** seen, cut to a year ($2) of UTC */
const inYear = `${seen}, year as (select * from seen where at >= make_timestamptz($2, 1, 1, 0, 0, 0, 'UTC') and at < make_timestamptz($2 + 1, 1, 1, 0, 0, 0, 'UTC'))`;

/** The years in which something was seen, the latest first. */
export const yearsWithFilms = async (sql: Sql, unit: number): Promise<number[]> =>
  (
    await sql.rows<{ year: number }>(
      `with ${seen} select distinct extract(year from at at time zone 'UTC')::integer as year from seen order by 1 desc limit 60`,
      [unit],
    )
  ).map(({ year }) => year);

export const totalsOfYear = async (sql: Sql, unit: number, year: number): Promise<YearTotals> =>
  (await sql.one<YearTotals>(
    `with ${inYear} select count(*)::integer as films, coalesce(sum(f.runtime), 0)::integer as minutes, avg(stars)::real as mean from year join film f on f.id = year.film`,
    [unit, year],
  ))!;

/** Films by month, January first; months without one are there with 0. */
export const monthsOf = (sql: Sql, unit: number, year: number): Promise<Count[]> =>
  sql.rows<Count>(
    `with ${inYear} select m as value, count(year.film)::integer as n from generate_series(1, 12) m
    left join year on extract(month from year.at at time zone 'UTC') = m group by m order by m`,
    [unit, year],
  );

/** The best rated, the latest of them first; and the first and the last one of the year. */
export const bestOf = (sql: Sql, unit: number, year: number, limit: number): Promise<YearFilm[]> =>
  sql.rows<YearFilm>(`with ${inYear} select film, stars, at from year where stars is not null order by stars desc, at desc, film limit $3`, [
    unit,
    year,
    limit,
  ]);
export const firstAndLast = (sql: Sql, unit: number, year: number): Promise<YearFilm[]> =>
  sql.rows<YearFilm>(
    `with ${inYear} (select film, stars, at from year order by at, film limit 1) union all (select film, stars, at from year order by at desc, film desc limit 1)`,
    [unit, year],
  );

const most = (from: string): string =>
  `with ${inYear} select x.name, count(*)::integer as n from year ${from} group by x.name order by n desc, x.name limit $3`;
export const mostGenres = (sql: Sql, unit: number, year: number, limit: number): Promise<Top[]> =>
  sql.rows<Top>(most('join film_genre fg on fg.film = year.film join genre x on x.id = fg.genre'), [unit, year, limit]);
export const mostPeople = (sql: Sql, unit: number, year: number, limit: number): Promise<Top[]> =>
  sql.rows<Top>(most(`join credit c on c.film = year.film and c.job = 'director' join person x on x.id = c.person`), [unit, year, limit]);
