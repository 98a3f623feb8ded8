import { badRequest } from '../../core/errors.ts';
import type { Sql } from '../../core/database/sql.ts';
import { upsertFilms, type FilmRecord } from '../../plugins/catalogue/store.ts';
import { adoptions, type Unnumbered } from './adopt.ts';
import type { Facts } from './metadata.ts';
import type { NamedFilm, Part } from './movielens.ts';
import type { Report } from './report.ts';

/** What is there of a film: its title, and of each fact whether it is known. */
type Known = Readonly<Record<string, unknown>> & { readonly movielensId: number; readonly title: string };
export interface Stored {
  readonly added: number;
  readonly changed: number;
}

const atOnce = 1000;

/** Adds the films that the site does not have. One that it has only gets what is not known of it: what operators wrote stays. */
export async function storeFilms(sql: Sql, part: Part<NamedFilm>, report: Report, progress: (fraction: number) => void): Promise<Stored> {
  const films = new Map<number, NamedFilm>();
  for await (const film of part.rows(report, () => {})) films.set(film.movielensId, film);
  if (films.size === 0) throw badRequest(`${part.name} holds no film, so nothing was changed.`);
  const before = await knownFilms(sql);
  await adopt(
    sql,
    [...films.values()].filter(({ movielensId }) => !before.has(movielensId)),
  );
  const known = await knownFilms(sql),
    news = [...films.values()].map(({ names: _names, ...film }) => lacking(film, known)).filter((film) => film !== undefined);
  for (let from = 0; from < news.length; from += atOnce) {
    await upsertFilms(sql, news.slice(from, from + atOnce));
    progress(Math.min(1, (from + atOnce) / news.length));
  }
  const added = news.filter(({ movielensId }) => !known.has(movielensId!)).length;
  return { added, changed: news.length - added };
}

/**
 * Adds facts to films that are there.
 * @returns how many films got any
 */
export async function storeFacts(
  sql: Sql,
  part: Part<Facts & { readonly line: number }>,
  report: Report,
  progress: (bytes: number) => void,
): Promise<number> {
  const known = await knownFilms(sql);
  let changed = 0,
    batch: FilmRecord[] = [];
  const flush = async (): Promise<void> => {
    await upsertFilms(sql, batch);
    changed += batch.length;
    batch = [];
  };
  for await (const { line, ...facts } of part.rows(report, progress)) {
    if (!known.has(facts.movielensId)) {
      report.refuse(part.name, line, 'there is no such film');
      continue;
    }
    const news = lacking(facts, known);
    if (news && batch.push(news) >= atOnce) await flush();
  }
  if (batch.length > 0) await flush();
  return changed;
}

async function adopt(sql: Sql, films: readonly NamedFilm[]): Promise<void> {
  const found = adoptions(await sql.rows<Unnumbered>('select id, title, year from film where movielens_id is null order by id'), films);
  await sql.rows(
    'update film set movielens_id = a.movielens_id from unnest($1::integer[], $2::integer[]) as a (film, movielens_id) where film.id = a.film',
    [found.map(({ film }) => film), found.map(({ movielensId }) => movielensId)],
  );
}

async function knownFilms(sql: Sql): Promise<ReadonlyMap<number, Known>> {
  const films = await sql.rows<Known>(`select movielens_id as "movielensId", title, year, imdb_id as "imdbId", runtime, nullif(plot, '') as plot,
      exists (select from film_genre where film = f.id) as genres, exists (select from film_keyword where film = f.id) as keywords,
      exists (select from credit where film = f.id and job = 'cast') as "cast", exists (select from credit where film = f.id and job = 'director') as directors
    from film f where movielens_id is not null`);
  return new Map(films.map((film) => [film.movielensId, film]));
}

/** The part of a record that is news; undefined when nothing is. */
function lacking(film: Facts, all: ReadonlyMap<number, Known>): FilmRecord | undefined {
  const known = all.get(film.movielensId);
  if (!known) return film;
  const news = Object.entries(film).filter(([name, value]) => value !== null && !known[name]);
  return news.length === 0 ? undefined : { year: null, ...Object.fromEntries(news), movielensId: film.movielensId, title: known.title };
}
