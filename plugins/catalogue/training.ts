import type { Sql } from '../../core/database/sql.ts';
import type { FilmFacts } from '../../recommend/algorithm.ts';

/** All films with the names of what belongs to them, in order of their ids: a film's place here is its position in models. */
export const films = (sql: Sql): Promise<FilmFacts[]> =>
  sql.rows<FilmFacts>(
    `select f.id, f.title, f.year, f.plot, coalesce(g.names, '{}') as genres, coalesce(k.names, '{}') as keywords,
     coalesce(c.directors, '{}') as directors, coalesce(c.actors, '{}') as "cast"
   from film f
   left join (select film, array_agg(name order by ord) as names from film_genre join genre on genre.id = genre group by film) g on g.film = f.id
   left join (select film, array_agg(name order by ord) as names from film_keyword join keyword on keyword.id = keyword group by film) k on k.film = f.id
   left join (select film, array_agg(name order by ord) filter (where job = 'director') as directors,
                array_agg(name order by ord) filter (where job = 'cast') as actors
              from credit join person on person.id = person group by film) c on c.film = f.id
   order by f.id`,
  );
