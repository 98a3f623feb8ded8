import type { Sql } from '../../core/database/sql.ts';

/** A film as files bring it. What is undefined is left as it is in the database; a list replaces the film's whole list. */
export interface FilmRecord {
  readonly movielensId?: number;
  readonly imdbId?: number;
  readonly title: string;
  readonly year: number | null;
  /** minutes */
  readonly runtime?: number;
  readonly country?: string;
  readonly plot?: string;
  readonly genres?: readonly string[];
  readonly directors?: readonly string[];
  readonly cast?: readonly { readonly name: string; readonly role?: string }[];
  readonly keywords?: readonly string[];
}
export interface Upserted {
  readonly added: number;
  readonly changed: number;
}

/**
 * Adds and updates films, all or none, with a fixed number of statements for any number of films (a few thousand at
 * once is a good size). A film is the same as a stored one by its MovieLens id, else by title and year: sending the
 * same films again changes nothing. Tell the bus (topic "catalogue") when all is done.
 * @returns how many films are new, and how many known ones got other facts (lists not counted)
 */
export function upsertFilms(sql: Sql, films: readonly FilmRecord[]): Promise<Upserted> {
  return sql.transaction(async (tx) => {
    await tx.rows(stage, [JSON.stringify(films.map(asColumns))]);
    await tx.rows(adoptIds);
    const added = await tx.rows(addMissing);
    for (const statement of [matchById, matchByTitle, keepLast]) await tx.rows(statement);
    const changed = await tx.rows(updateFacts);
    for (const statement of [...genres, ...people, ...keywords]) await tx.rows(statement);
    await tx.rows('drop table incoming');
    return { added: added.length, changed: changed.length };
  });
}

const asColumns = ({ movielensId, imdbId, ...film }: FilmRecord) => ({ ...film, movielens_id: movielensId, imdb_id: imdbId });

const stage = `create temp table incoming on commit drop as
  select row_number() over () as n, null::integer as film, f.* from json_to_recordset($1::json) as f(movielens_id integer, imdb_id integer,
    title text, year integer, runtime integer, country text, plot text, genres json, directors json, "cast" json, keywords json)`;

/** A film that came without MovieLens id (of the built-in catalogue) and now comes with one stays the same film. */
const adoptIds = `update film f set movielens_id = i.movielens_id
  from (select distinct on (title, year) * from incoming where movielens_id is not null order by title, year, movielens_id) i
  where f.movielens_id is null and f.title = i.title and f.year is not distinct from i.year
    and not exists (select from film other where other.movielens_id = i.movielens_id)`;

const addMissing = `insert into film (movielens_id, title, year)
  select movielens_id, title, year from (
    select distinct on (key) * from (
      select i.*, coalesce('id ' || i.movielens_id, i.title || ' ' || coalesce(i.year, 0)) as key from incoming i
      left join film same_id on same_id.movielens_id = i.movielens_id
      left join film same_title on i.movielens_id is null and same_title.title = i.title and same_title.year is not distinct from i.year
      where same_id.id is null and same_title.id is null) unknown
    order by key, n) first_of_each
  order by n returning id`;

const matchById = 'update incoming i set film = f.id from film f where f.movielens_id = i.movielens_id';
const matchByTitle = `update incoming i set film = (select min(f.id) from film f where f.title = i.title and f.year is not distinct from i.year)
  where i.film is null`;
/** Where one call names a film twice, the later line counts. */
const keepLast = 'delete from incoming i using incoming later where later.film = i.film and later.n > i.n';

const updateFacts = `update film f set title = new.title, year = new.year, imdb_id = new.imdb_id, runtime = new.runtime, country = new.country, plot = new.plot
  from (select o.id, i.title, coalesce(i.year, o.year) as year, coalesce(i.imdb_id, o.imdb_id) as imdb_id, coalesce(i.runtime, o.runtime) as runtime,
          coalesce(i.country, o.country) as country, coalesce(i.plot, o.plot) as plot
        from incoming i join film o on o.id = i.film) new
  where f.id = new.id and (f.title, f.year, f.imdb_id, f.runtime, f.country, f.plot)
    is distinct from (new.title, new.year, new.imdb_id, new.runtime, new.country, new.plot)
  returning f.id`;

const genres = [
  `insert into genre (name) select distinct on (slug_of(name)) name from incoming, json_array_elements_text(genres) as name
     where slug_of(name) <> '' on conflict do nothing`,
  'delete from film_genre where film in (select film from incoming where genres is not null)',
  `insert into film_genre (film, genre, ord) select i.film, g.id, min(x.ord) from incoming i, json_array_elements_text(i.genres) with ordinality as x(name, ord)
     join genre g on g.slug = slug_of(x.name) group by i.film, g.id`,
];

const people = [
  `insert into person (name) select name from incoming, json_array_elements_text(directors) as name
     union select x->>'name' from incoming, json_array_elements("cast") as x on conflict do nothing`,
  `delete from credit where job = 'director' and film in (select film from incoming where directors is not null)`,
  `insert into credit (film, person, job, ord) select i.film, p.id, 'director', x.ord
     from incoming i, json_array_elements_text(i.directors) with ordinality as x(name, ord) join person p on p.name = x.name`,
  `delete from credit where job = 'cast' and film in (select film from incoming where "cast" is not null)`,
  `insert into credit (film, person, job, ord, role) select i.film, p.id, 'cast', x.ord, x.entry->>'role'
     from incoming i, json_array_elements(i."cast") with ordinality as x(entry, ord) join person p on p.name = x.entry->>'name'`,
];

const keywords = [
  'insert into keyword (name) select distinct name from incoming, json_array_elements_text(keywords) as name on conflict do nothing',
  'delete from film_keyword where film in (select film from incoming where keywords is not null)',
  `insert into film_keyword (film, keyword, ord) select i.film, k.id, min(x.ord)
     from incoming i, json_array_elements_text(i.keywords) with ordinality as x(name, ord) join keyword k on k.name = x.name group by i.film, k.id`,
];
