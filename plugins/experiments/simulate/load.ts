import type { Sql } from '../../../core/database/sql.ts';
import type { SimulatedViewer } from './simulate.ts';
import type { OwnRating } from './taste.ts';

/** All simulated viewers with their ratings. */
export async function loadViewers(sql: Sql): Promise<SimulatedViewer[]> {
  const viewers = await sql.rows<{ unit: number; email: string }>(
    'select u.id as unit, a.email from account a join unit u on u.account = a.id where a.simulated order by u.id',
  );
  const ratings = new Map<number, OwnRating[]>(viewers.map(({ unit }) => [unit, []]));
  for (const { unit, film, stars } of await sql.rows<OwnRating & { unit: number }>(
    'select unit, film, stars from rating where unit in (select id from unit where simulated) order by unit, film',
  ))
    ratings.get(unit)?.push({ film, stars });
  return viewers.map((viewer) => ({ ...viewer, ratings: ratings.get(viewer.unit)! }));
}

export interface FilmRow {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  readonly directors: readonly string[];
  readonly ratings: number;
  /** 3.3 where nobody rated it */
  readonly mean: number;
}

/** What a taste can be about. */
export const loadFilms = (sql: Sql): Promise<FilmRow[]> =>
  sql.rows<FilmRow>(`select f.id, f.title, f.year, f.rating_count as ratings,
    coalesce(f.rating_sum / nullif(f.rating_count, 0), 3.3) as mean,
    array(select g.name from film_genre fg join genre g on g.id = fg.genre where fg.film = f.id) as genres,
    array(select k.name from film_keyword fk join keyword k on k.id = fk.keyword where fk.film = f.id) as keywords,
    array(select p.name from credit c join person p on p.id = c.person where c.film = f.id and c.job = 'director' order by c.ord) as directors
  from film f order by f.id`);

/** How many running experiments simulated viewers take part in. */
export const countSimulated = async (sql: Sql): Promise<number> =>
  (await sql.one<{ running: number }>(
    `select count(*)::integer as running from experiment where status = 'running' and include_simulated and kind <> 'holdout'`,
  ))!.running;
