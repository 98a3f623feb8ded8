import { unpackFloat4, unpackInt4 } from '../../../core/database/packed.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { sparseRows, type SparseRows } from '../../../math/sparse.ts';
import type { Candidate } from './film.ts';

/** Films that many know: at most so many, and no more than a third of the catalogue. */
const mostFilms = 300;
const mostViewers = 2000;

/** The films that are rated most, those with most ratings first. */
export const candidates = (sql: Sql): Promise<Candidate[]> =>
  sql.rows<Candidate>(
    `select f.id, f.year, f.rating_count as ratings,
       array(select g.name from film_genre fg join genre g on g.id = fg.genre where fg.film = f.id order by fg.ord) as genres,
       array(select k.name from film_keyword fk join keyword k on k.id = fk.keyword where fk.film = f.id order by fk.ord) as keywords
     from film f where not f.hidden order by f.rating_count desc, f.id
     limit (select least($1, ceil(count(*) / 3.0))::integer from film where not hidden)`,
    [mostFilms],
  );

/** viewers × films, values are stars: of at most 2,000 viewers, the same ones each time, so that it takes a moment on any site. */
export async function starsOf(sql: Sql, films: readonly Candidate[]): Promise<SparseRows> {
  const packed = (await sql.one<Record<'viewer' | 'film' | 'stars', Buffer>>(ratings, [films.map(({ id }) => id), mostViewers]))!;
  const viewer = unpackInt4(packed.viewer);
  return sparseRows(viewer.at(-1) ?? 0, films.length, {
    row: viewer.map((rank) => rank - 1),
    column: unpackInt4(packed.film).map((place) => place - 1),
    value: unpackFloat4(packed.stars),
  });
}

const ratings = `with viewer as (
    select id from unit u where exists (select from rating r where r.unit = u.id) order by md5(id::text), id limit $2
  ), known as (
    select dense_rank() over (order by r.unit)::integer as viewer, f.place::integer as film, r.stars
    from viewer v join rating r on r.unit = v.id join unnest($1::integer[]) with ordinality as f (id, place) on f.id = r.film
  )
  select coalesce(string_agg(int4send(viewer), '' order by viewer, film), '') as viewer,
    coalesce(string_agg(int4send(film), '' order by viewer, film), '') as film,
    coalesce(string_agg(float4send(stars), '' order by viewer, film), '') as stars
  from known`;
