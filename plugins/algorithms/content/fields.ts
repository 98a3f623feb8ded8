import type { FilmFacts } from '../../../recommend/algorithm.ts';
import { words } from './words.ts';

/** The terms of a film, by field; a term may come more than once. */
export const fields = {
  genres: (film: FilmFacts) => film.genres,
  keywords: (film: FilmFacts) => film.keywords,
  directors: (film: FilmFacts) => film.directors,
  cast: (film: FilmFacts) => film.cast,
  plot: (film: FilmFacts) => words(film.plot),
} as const;
export type Field = keyof typeof fields;

/** Of a plot only the most telling words count: the others find no better films, and make up most of the time of a page. */
export const mostTerms: Readonly<Partial<Record<Field, number>>> = { plot: 8 };

/** How often each term comes, ignoring case. */
export function count(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) {
    const key = term.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
