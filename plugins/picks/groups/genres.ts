import { groupCount, groupSize, type Candidate, type Group } from './film.ts';

/**
 * Groups for a site that knows nothing of tastes yet: the most frequent genres with their best known films. The first
 * genre of a film says most about it, so no film stands in two groups.
 * @param films the best known first
 */
export function groupsByGenre(films: readonly Candidate[]): Group[] {
  const byGenre = new Map<string, Candidate[]>();
  for (const film of films) {
    const [genre] = film.genres;
    if (genre !== undefined) byGenre.set(genre, [...(byGenre.get(genre) ?? []), film]);
  }
  return [...byGenre]
    .filter(([, members]) => members.length >= groupSize)
    .sort(([a, x], [b, y]) => y.length - x.length || a.localeCompare(b))
    .slice(0, groupCount)
    .map(([name, members]) => ({ name, films: members.slice(0, groupSize).map(({ id }) => id) }));
}
