import type { Sql } from '../../../core/database/sql.ts';

export interface Statistics {
  readonly ratings: number;
  readonly mean: number | null;
  readonly minutes: number;
}
export interface Bar {
  readonly stars: number;
  readonly n: number;
}

export const statistics = async (sql: Sql, unit: number): Promise<Statistics> =>
  (await sql.one<Statistics>(
    `select count(*)::integer as ratings, avg(r.stars)::real as mean, coalesce(sum(f.runtime), 0)::integer as minutes
      from rating r join film f on f.id = r.film where r.unit = $1`,
    [unit],
  ))!;

/** How many ratings of each half step, ½ first; steps without a rating are there with 0. */
export const histogram = (sql: Sql, unit: number): Promise<Bar[]> =>
  sql.rows<Bar>(
    `select step / 2.0::real as stars, count(r.stars)::integer as n from generate_series(1, 10) as step
      left join rating r on r.unit = $1 and r.stars = step / 2.0::real group by step order by step`,
    [unit],
  );

/** Genres by how well they are liked: the mean, damped towards the viewer's own by five ratings. */
export const favouriteGenres = (sql: Sql, unit: number, limit: number): Promise<{ name: string; slug: string; n: number; mean: number }[]> =>
  sql.rows(
    `with mine as (select film, stars from rating where unit = $1), own as (select avg(stars) as mean from mine)
      select g.name, g.slug, count(*)::integer as n, avg(m.stars)::real as mean
      from mine m join film_genre fg on fg.film = m.film join genre g on g.id = fg.genre
      group by g.id, g.name, g.slug having count(*) >= 2
      order by (sum(m.stars) + 5 * (select mean from own)) / (count(*) + 5) desc, g.name limit $2`,
    [unit, limit],
  );
