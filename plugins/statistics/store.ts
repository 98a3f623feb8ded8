import type { Sql } from '../../core/database/sql.ts';
import { seen } from './seen.ts';

export interface Totals {
  readonly films: number;
  readonly ratings: number;
  readonly mean: number | null;
  readonly minutes: number;
}
export interface Count {
  readonly value: number;
  readonly n: number;
}
export interface Favourite {
  readonly id: number;
  readonly name: string;
  readonly slug: string | null;
  readonly n: number;
  readonly mean: number;
}

export const totalsOf = async (sql: Sql, unit: number): Promise<Totals> =>
  (await sql.one<Totals>(
    `with ${seen} select count(*)::integer as films, count(stars)::integer as ratings, avg(stars)::real as mean, coalesce(sum(f.runtime), 0)::integer as minutes
    from seen join film f on f.id = seen.film`,
    [unit],
  ))!;

/** How many ratings of each half step, ½ first; steps without a rating are there with 0. */
export const starsOf = (sql: Sql, unit: number): Promise<Count[]> =>
  sql.rows<Count>(
    `select step / 2.0::real as value, count(r.stars)::integer as n from generate_series(1, 10) as step
    left join rating r on r.unit = $1 and r.stars = step / 2.0::real group by step order by step`,
    [unit],
  );

/** Films seen by the year they came out, every year between the first and the last. */
export const yearsOf = (sql: Sql, unit: number): Promise<Count[]> =>
  sql.rows<Count>(
    `with ${seen}, dated as (select f.year from seen join film f on f.id = seen.film where f.year is not null)
    select y as value, count(d.year)::integer as n from (select min(year) as first, max(year) as last from dated) span
    cross join generate_series(span.first, span.last) y left join dated d on d.year = y group by y order by y`,
    [unit],
  );

/** Films with the most stars, four at least, the latest first. */
export const lovedOf = async (sql: Sql, unit: number, limit: number): Promise<number[]> =>
  (
    await sql.rows<{ film: number }>(
      `select r.film from rating r join film f on f.id = r.film and not f.hidden where r.unit = $1 and r.stars >= 4
      order by r.stars desc, r.rated_at desc, r.film limit $2`,
      [unit, limit],
    )
  ).map(({ film }) => film);

/** How strongly a favourite's mean is drawn to the viewer's own mean: as if that many more of its films had been rated so. */
export const damping = 5;
/** The stars of what somebody rated, by something that films have, best first: (sum + damping · own mean) / (n + damping). */
const ranked = (key: string, name: string, slug: string, from: string): string => `with mine as (select film, stars from rating where unit = $1),
  own as (select avg(stars) as mean from mine)
  select ${key} as id, ${name} as name, ${slug} as slug, count(*)::integer as n, avg(m.stars)::real as mean from mine m ${from}
  group by 1, 2, 3 having count(*) >= 2
  order by (sum(m.stars) + ${damping} * (select mean from own)) / (count(*) + ${damping}) desc, n desc, name limit $2`;

export const favouriteGenres = (sql: Sql, unit: number, limit: number): Promise<Favourite[]> =>
  sql.rows(ranked('g.id', 'g.name', 'g.slug', 'join film_genre fg on fg.film = m.film join genre g on g.id = fg.genre'), [unit, limit]);

export const favouritePeople = (sql: Sql, unit: number, job: 'director' | 'cast', limit: number): Promise<Favourite[]> =>
  sql.rows(ranked('p.id', 'p.name', 'null::text', `join credit c on c.film = m.film and c.job = $3 join person p on p.id = c.person`), [
    unit,
    limit,
    job,
  ]);

export interface Match {
  /** films that both have rated */
  readonly films: number;
  /** stars that they are apart on average */
  readonly apart: number;
  /** 0 … 100; 50 = nothing in common, either way */
  readonly percent: number;
}
/** Films that both must have rated before anything is said. */
export const leastCommon = 5;
/**
 * How alike two tastes are: the correlation of both one's deviations from their own means over films that both rated,
 * drawn to 0 by n / (n + 10) where they are few (significance weighting after Herlocker et al., "An algorithmic framework
 * for performing collaborative filtering", SIGIR 1999), put on a scale from 0 to 100. Undefined below `leastCommon` films.
 */
export async function matchOf(sql: Sql, reader: number, owner: number): Promise<Match | undefined> {
  const row = await sql.one<{ films: number; apart: number; r: number | null }>(
    `with a as (select film, stars - avg(stars) over () as off, stars from rating where unit = $1),
    b as (select film, stars - avg(stars) over () as off, stars from rating where unit = $2)
    select count(*)::integer as films, avg(abs(a.stars - b.stars))::real as apart,
      (sum(a.off * b.off) / nullif(sqrt(sum(a.off * a.off) * sum(b.off * b.off)), 0))::real as r
    from a join b using (film)`,
    [reader, owner],
  );
  if (!row || row.films < leastCommon || row.r === null) return undefined;
  return { films: row.films, apart: row.apart, percent: Math.round(50 + (50 * row.r * row.films) / (row.films + 10)) };
}
