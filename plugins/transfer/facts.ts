import { cleanText } from '../../core/http/form.ts';
import type { BroughtFilm } from '../../recommend/brought.ts';
import type { TableRow } from './table.ts';

/** What a line says of a film: how to find it, and what its owner did. */
export interface Facts extends Omit<BroughtFilm, 'film' | 'at'> {
  readonly title: string;
  readonly year: number | null;
  readonly imdb: number | null;
  /** ISO 8601 */
  readonly at?: string;
}
export type Source = 'letterboxd' | 'imdb' | 'trakt';
/** Facts, or why the line cannot be used. */
export type Reading = { readonly facts: Facts; readonly problem?: string };

const first = (row: TableRow, ...names: readonly string[]): string => names.map((name) => row.cells.get(name) ?? '').find(Boolean) ?? '';
const textIn = (row: TableRow, ...names: readonly string[]): string => cleanText(first(row, ...names));

/** A day as "2026-01-31" and its time, from "2026-01-31", "2026-01-31T20:15:00.000Z"; undefined for no day, null for a wrong one. */
function dayOf(text: string, now: Date): { day: string; at: string } | null | undefined {
  if (text === '') return undefined;
  const day = /^(\d{4}-\d\d-\d\d)([T ].*)?$/.exec(text)?.[1],
    time = new Date(text.length > 10 ? text.replace(' ', 'T') : `${text}T12:00:00Z`);
  if (!day || Number.isNaN(time.getTime()) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null;
  return time.getTime() > now.getTime() + 86_400_000 || time.getUTCFullYear() < 1900 ? null : { day, at: time.toISOString() };
}

/** Stars of a mark out of `best`; undefined for none, null for one that is no such mark. */
function starsOf(text: string, best: 5 | 10): number | null | undefined {
  if (text === '' || text === '0') return undefined;
  const mark = Number(text.replace(',', '.')),
    stars = (mark / best) * 5;
  return Number.isInteger(stars * 2) && stars >= 0.5 && stars <= 5 ? stars : null;
}

const yearOf = (text: string): number | null => (/^(18|19|20)\d\d$/.test(text) ? Number(text) : null);
const imdbOf = (text: string): number | null => Number(/^tt0*(\d{1,9})$/.exec(text)?.[1] ?? 0) || null;

/** What the files of each site call their columns; which of them a file must have tells whose it is. */
export function sourceOf(names: ReadonlySet<string>): Source | undefined {
  const all = (...wanted: readonly string[]): boolean => wanted.every((name) => names.has(name));
  if (all('const', 'title')) return 'imdb';
  if (all('letterboxd uri') || all('letterboxduri') || all('name', 'year') || all('title', 'rating10')) return 'letterboxd';
  return all('title') && (all('type') || all('imdb_id') || all('trakt_id') || all('trakt_rating') || all('imdb')) ? 'trakt' : undefined;
}

interface Reader {
  readonly about: (row: TableRow) => Pick<Facts, 'title' | 'year' | 'imdb'>;
  readonly marks: (row: TableRow) => { readonly stars: number | null | undefined; readonly watched: string; readonly said: string };
}
const readers: Readonly<Record<Source, Reader>> = {
  letterboxd: {
    about: (row) => ({ title: textIn(row, 'name', 'title'), year: yearOf(first(row, 'year')), imdb: imdbOf(first(row, 'imdbid', 'imdb id')) }),
    marks: (row) => {
      const ten = first(row, 'rating10');
      return {
        stars: ten ? starsOf(ten, 10) : starsOf(first(row, 'rating'), 5),
        watched: first(row, 'watcheddate', 'watched date'),
        said: first(row, 'date'),
      };
    },
  },
  imdb: {
    about: (row) => ({ title: textIn(row, 'title', 'original title'), year: yearOf(first(row, 'year')), imdb: imdbOf(first(row, 'const')) }),
    marks: (row) => ({ stars: starsOf(first(row, 'your rating'), 10), watched: '', said: first(row, 'date rated', 'created') }),
  },
  trakt: {
    about: (row) => ({ title: textIn(row, 'title'), year: yearOf(first(row, 'year')), imdb: imdbOf(first(row, 'imdb_id', 'imdb')) }),
    marks: (row) => ({
      stars: starsOf(first(row, 'rating', 'your rating'), 10),
      watched: first(row, 'watched_at', 'last_watched_at'),
      said: first(row, 'rated_at', 'listed_at'),
    }),
  },
};

/** Letterboxd lets a few tags into reviews; here they are plain text with line breaks. */
const plainReview = (text: string): string =>
  text
    .replaceAll(/<br *\/?>|<\/p>/gi, '\n')
    .replaceAll(/<\/?(?:b|i|em|strong|blockquote|p|a)(?: [^<>]*)?>/gi, '')
    .trim()
    .slice(0, 10_000);

/** @param saved whether the file is a watchlist */
export function factsOf(source: Source, row: TableRow, saved: boolean, now: Date): Reading {
  const { about, marks } = readers[source],
    film = about(row),
    { stars, watched, said } = marks(row);
  const seen = dayOf(watched, now),
    at = dayOf(said, now),
    review = plainReview(textIn(row, 'review'));
  const facts: Facts = {
    ...film,
    ...((at ?? seen) && { at: (at ?? seen)!.at }),
    ...(typeof stars === 'number' && { stars }),
    ...(seen && { watchedOn: seen.day, rewatch: /^(yes|true|1)$/i.test(first(row, 'rewatch')) }),
    ...(saved ? { watchlist: true } : { watched: true }),
    ...(review && { review }),
  };
  const problem = problemOf(film, stars, seen, at, first(row, 'title type', 'type'));
  return problem === undefined ? { facts } : { facts, problem };
}

type Day = ReturnType<typeof dayOf>;
function problemOf(
  { title, imdb }: Pick<Facts, 'title' | 'imdb'>,
  stars: number | null | undefined,
  seen: Day,
  at: Day,
  type: string,
): string | undefined {
  if (title === '' && imdb === null) return 'The line names no film.';
  if (/episode|series|show|season|game|podcast/i.test(type)) return 'This is no film.';
  if (stars === null) return 'The rating is none that there is.';
  if (seen === null || at === null) return 'The date is wrong or lies in the future.';
  return undefined;
}
