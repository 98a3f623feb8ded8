import type { Sql } from '../../core/database/sql.ts';

/** A page of film ids, and how many there are on all pages. */
export interface FilmPage {
  readonly ids: readonly number[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}
export interface Slice {
  readonly page: number;
  readonly size: number;
}

/** Orders that viewers may choose. The rating is damped as if ten more viewers had given three stars. */
const orders = {
  popular: 'f.rating_count desc',
  rating: '(f.rating_sum + 30) / (f.rating_count + 10) desc',
  year: 'f.year desc nulls last',
  title: 'f.search',
} as const;
export type Order = keyof typeof orders;

interface Found {
  id: number;
  total: number;
}

/** The slice asked for, or the last one when there are fewer pages. */
async function pageOf(read: (offset: number) => Promise<Found[]>, { page, size }: Slice): Promise<FilmPage> {
  const rows = await read((page - 1) * size);
  if (rows.length > 0 || page === 1) {
    const total = rows[0]?.total ?? 0;
    return { ids: rows.map(({ id }) => id), total, page, pages: Math.max(1, Math.ceil(total / size)) };
  }
  const total = (await read(0))[0]?.total ?? 0;
  return pageOf(read, { page: Math.max(1, Math.ceil(total / size)), size });
}

/** All films that viewers may see, best known first. */
export const popularFilms = (sql: Sql, slice: Slice): Promise<FilmPage> =>
  pageOf(
    (offset) =>
      sql.rows<Found>(
        `select f.id, count(*) over ()::integer as total from film f where not f.hidden order by ${orders.popular}, f.id limit $1 offset $2`,
        [slice.size, offset],
      ),
    slice,
  );

export const genreFilms = (sql: Sql, genre: number, order: Order, slice: Slice): Promise<FilmPage> =>
  pageOf(
    (offset) =>
      sql.rows<Found>(
        `select f.id, count(*) over ()::integer as total from film_genre g join film f on f.id = g.film and not f.hidden
   where g.genre = $1 order by ${orders[order]}, f.id limit $2 offset $3`,
        [genre, slice.size, offset],
      ),
    slice,
  );

/** Films that match what was typed, typing mistakes forgiven. Far weaker matches than the best one are left out. */
export const searchFilms = (sql: Sql, text: string, slice: Slice): Promise<FilmPage> =>
  pageOf(
    (offset) =>
      sql.rows<Found>(
        `select id, count(*) over ()::integer as total from (select id, score, max(score) over () as best from find_films(plain_text($1))) found
   where score >= 0.7 * best order by score desc, id limit $2 offset $3`,
        [text, slice.size, offset],
      ),
    slice,
  );

export interface FoundPerson {
  readonly id: number;
  readonly name: string;
  readonly score: number;
  readonly films: number;
}

/** People whose names match, best first, with how many films they have here. */
export const searchPeople = (sql: Sql, text: string, limit: number): Promise<FoundPerson[]> =>
  sql.rows<FoundPerson>(
    `select p.id, p.name, p.score, n.films from (select * from find_people(plain_text($1)) order by score desc, id limit 20) p,
     lateral (select count(distinct c.film)::integer as films from credit c join film f on f.id = c.film and not f.hidden where c.person = p.id) n
   where n.films > 0 order by p.score desc, n.films desc, p.id limit $2`,
    [text, limit],
  );

/** A person's films, directed ones and best known ones first. */
export const filmsOf = (sql: Sql, person: number, slice: Slice): Promise<FilmPage> =>
  pageOf(
    (offset) =>
      sql.rows<Found>(
        `select f.id, count(*) over ()::integer as total from film f join (select film, bool_or(job = 'director') as directed from credit where person = $1 group by film) c
     on c.film = f.id where not f.hidden order by c.directed desc, ${orders.popular}, f.id limit $2 offset $3`,
        [person, slice.size, offset],
      ),
    slice,
  );

/** The best known films of each genre, by genre id. */
export async function genreBest(sql: Sql, films: number): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await sql.rows<{ id: number; best: number[] }>(
    `select g.id, array(select f.id from film f where not f.hidden and exists (select from film_genre x where x.film = f.id and x.genre = g.id)
       order by ${orders.popular}, f.id limit $1) as best from genre g`,
    [films],
  );
  return new Map(rows.map(({ id, best }) => [id, best]));
}
