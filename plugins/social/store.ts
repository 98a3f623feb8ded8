import type { Sql } from '../../core/database/sql.ts';

export interface Counts {
  readonly followers: number;
  readonly following: number;
}
export interface Statistics {
  readonly ratings: number;
  readonly mean: number | null;
  readonly minutes: number;
}
export interface Bar {
  readonly stars: number;
  readonly n: number;
}

export const follow = async (sql: Sql, follower: number, followed: number, at: Date): Promise<void> =>
  void (await sql.rows('insert into follow (follower, followed, at) values ($1, $2, $3) on conflict do nothing', [follower, followed, at]));

export const unfollow = async (sql: Sql, follower: number, followed: number): Promise<void> =>
  void (await sql.rows('delete from follow where follower = $1 and followed = $2', [follower, followed]));

export const follows = async (sql: Sql, follower: number, followed: number): Promise<boolean> =>
  (await sql.one('select from follow where follower = $1 and followed = $2', [follower, followed])) !== undefined;

/** Account ids, the latest first. */
export async function neighbours(sql: Sql, account: number, direction: 'followers' | 'following', limit: number): Promise<number[]> {
  const text =
    direction === 'followers'
      ? 'select follower as id from follow where followed = $1 order by at desc limit $2'
      : 'select followed as id from follow where follower = $1 order by at desc limit $2';
  return (await sql.rows<{ id: number }>(text, [account, limit])).map(({ id }) => id);
}

export const counts = async (sql: Sql, account: number): Promise<Counts> =>
  (await sql.one<Counts>(
    `select (select count(*)::integer from follow where followed = $1) as followers,
      (select count(*)::integer from follow where follower = $1) as following`,
    [account],
  ))!;

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

/** People by name or handle, the most active first. */
export const search = async (sql: Sql, text: string, limit: number): Promise<number[]> => {
  const rows = await sql.rows<{ id: number }>(
    `select a.id from account a join unit u on u.account = a.id left join lateral (select count(*) as n from rating where unit = u.id) r on true
      where $1 = '' or a.handle like replace($1, '_', '\\_') || '%' or plain_text(a.name) like '%' || replace(plain_text($1), '_', '\\_') || '%'
      order by a.simulated, r.n desc, a.id limit $2`,
    [text, limit],
  );
  return rows.map(({ id }) => id);
};
