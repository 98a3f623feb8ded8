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
     on c.film = f.id where not f.hidden order by c.directed desc, f.rating_count desc, f.id limit $2 offset $3`,
        [person, slice.size, offset],
      ),
    slice,
  );
