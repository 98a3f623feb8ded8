import type { KnownFilm, Snapshot } from './load.ts';

/** What two films have in common, in a few words: who made them, else what they are about, else their genres. */
export function likeness(film: KnownFilm, other: KnownFilm, { keywords }: Pick<Snapshot, 'keywords'>): string | undefined {
  const director = film.directors.find((name) => other.directors.includes(name));
  if (director !== undefined) return `Also by ${director}`;
  const shared = keywords.filter(({ trait }) => film.traits.includes(trait) && other.traits.includes(trait)),
    genres = film.genres.filter((name) => other.genres.includes(name));
  const common = [...shared.map(({ name }) => name), ...genres].slice(0, 2);
  return common.length > 0 ? `Both: ${common.join(', ')}` : undefined;
}
