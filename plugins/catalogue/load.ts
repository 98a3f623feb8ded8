import { createHash } from 'node:crypto';
import type { Sql } from '../../core/database/sql.ts';
import type { Catalogue, FilmCard } from '../../recommend/ports.ts';
import type { FilmSummary } from './api.ts';
import { loadStanding, type Standing } from './standing.ts';
import { Titles } from './titles.ts';

/** A film as it is kept in memory: what the recommender and what pages need of it, in one object. */
export type KnownFilm = FilmCard & FilmSummary;
export interface KnownGenre {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  /** how many films viewers can see in it */
  readonly films: number;
}
export interface KnownKeyword {
  readonly name: string;
  readonly slug: string;
  /** its number among the traits of films; only what stands first in a film's list of keywords is one of its traits */
  readonly trait: number;
}
/** Everything that is kept in memory, as of one moment. */
export interface Snapshot extends Catalogue {
  readonly cards: readonly KnownFilm[];
  readonly genres: readonly KnownGenre[];
  readonly keywords: readonly KnownKeyword[];
  /** each film's place in the order of titles */
  readonly alphabetical: Int32Array;
  readonly standing: Standing;
  readonly titles: Titles;
}

type GenreRow = Omit<KnownGenre, 'films'>;
interface Row {
  id: number;
  title: string;
  year: number | null;
  runtime: number | null;
  hidden: boolean;
  place: number;
  /** the title as plain text */
  search: string;
  /** lists of ids, with commas between */
  genres: string | null;
  directors: string | null;
  people: string | null;
  keywords: string | null;
}
/** $1, $2: how many of a film's cast and keywords count as its traits */
const films = `select f.id, f.title, f.year, f.runtime, f.hidden, f.search, row_number() over (order by f.search, f.id)::integer as place, g.genres, c.directors, c.people, k.keywords from film f
  left join (select film, string_agg(genre::text, ',' order by ord) as genres from film_genre group by film) g on g.film = f.id
  left join (select film, string_agg(person::text, ',' order by ord) filter (where job = 'director') as directors,
               string_agg(person::text, ',') as people
             from credit where job = 'director' or ord <= $1 group by film) c on c.film = f.id
  left join (select film, string_agg(keyword::text, ',') as keywords from film_keyword where ord <= $2 group by film) k on k.film = f.id
  order by f.id`;

/** Reads all films; 62,000 take about a second. */
export async function loadCatalogue(sql: Sql): Promise<Snapshot> {
  const [rows, genres, directors, keywords, standing] = await Promise.all([
    sql.rows<Row>(films, [3, 6]),
    sql.rows<GenreRow>('select id, name, slug from genre order by name'),
    sql.rows<{ id: number; name: string }>(`select id, name from person where id in (select person from credit where job = 'director')`),
    sql.rows<KnownKeyword>(`select name, slug, 3 * id + 1 as trait from keyword where slug <> '' order by id`),
    loadStanding(sql),
  ]);
  const names = { genres: nameById(genres), directors: nameById(directors) };
  const cards = rows.map((row) => knownFilm(row, names));
  const positions = new Map(cards.map(({ id }, position) => [id, position]));
  return {
    size: cards.length,
    cards,
    genres: withFilms(genres, cards),
    keywords,
    alphabetical: Int32Array.from(rows, ({ place }) => place),
    standing,
    titles: new Titles(rows.map(({ hidden, search }) => (hidden ? '' : search))),
    visible: Uint8Array.from(cards, ({ hidden }) => (hidden ? 0 : 1)),
    position: (id) => positions.get(id),
  };
}

/** The genres in use, each with its number of films. */
function withFilms(genres: readonly GenreRow[], cards: readonly KnownFilm[]): KnownGenre[] {
  const films = new Map<string, number>();
  for (const card of cards) if (!card.hidden) for (const name of card.genres) films.set(name, (films.get(name) ?? 0) + 1);
  return genres.map((genre) => ({ ...genre, films: films.get(genre.name) ?? 0 })).filter((genre) => genre.films > 0);
}

type Names = ReadonlyMap<number, string>;
const nameById = (rows: readonly { id: number; name: string }[]): Names => new Map(rows.map(({ id, name }) => [id, name]));

function knownFilm(row: Row, names: { genres: Names; directors: Names }): KnownFilm {
  const { id, title, year, runtime, hidden } = row;
  const genres = namesOf(row.genres, names.genres),
    directors = namesOf(row.directors, names.directors);
  const version = createHash('sha1')
    .update(JSON.stringify([title, year, genres, directors]))
    .digest('hex')
    .slice(0, 8);
  return {
    id,
    title,
    year,
    runtime,
    hidden,
    genres,
    directors,
    traits: traitsOf(row),
    href: `/film/${id}`,
    poster: `/poster/${id}.svg?v=${version}`,
  };
}

const idsOf = (list: string | null): number[] => (list === null ? [] : list.split(',').map(Number));
const namesOf = (list: string | null, names: Names): string[] =>
  idsOf(list)
    .map((id) => names.get(id))
    .filter((name) => name !== undefined);

/** Ids of three tables made distinct, ascending, each once. */
function traitsOf(row: Row): Int32Array {
  const kinds = [row.people, row.keywords, row.genres].flatMap((list, kind) => idsOf(list).map((id) => 3 * id + kind));
  return Int32Array.from(new Set(kinds)).sort();
}
