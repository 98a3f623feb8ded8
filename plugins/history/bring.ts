import type { Sql } from '../../core/database/sql.ts';
import type { PersonalData } from '../../core/personal-data.ts';

/** Ratings and films seen, from another site. Nobody is told of them one by one: they are no answer to a list of this site. */
export const bring: PersonalData['bring'] = async (tx, { unit }, films, { replace }) => {
  const rated = films.filter(({ stars }) => stars !== undefined),
    seen = films.filter(({ watched, watchedOn }) => watched ?? watchedOn !== undefined);
  const ratings = await counted(
    tx,
    `insert into rating (unit, film, stars, rated_at)
    select distinct on (film) $1::integer, film, stars, at from unnest($2::integer[], $3::real[], $4::timestamptz[]) as r (film, stars, at) order by film, at desc
    on conflict (unit, film) do ${replace ? 'update set stars = excluded.stars, rated_at = excluded.rated_at where rating.stars <> excluded.stars' : 'nothing'}
    returning film`,
    [unit, rated.map(({ film }) => film), rated.map(({ stars }) => stars), rated.map(({ at }) => at)],
  );
  const watched = await counted(
    tx,
    `insert into watch (unit, film, watched_at)
    select $1::integer, film, max(at) from unnest($2::integer[], $3::timestamptz[]) as w (film, at) group by film
    on conflict do nothing returning film`,
    [unit, seen.map(({ film }) => film), seen.map(({ watchedOn, at }) => (watchedOn ? new Date(`${watchedOn}T12:00:00Z`) : at))],
  );
  return { ratings, watched };
};

const counted = async (tx: Sql, statement: string, bind: readonly unknown[]): Promise<number> => (await tx.rows(statement, bind)).length;
