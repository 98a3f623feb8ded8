import type { KnownFilm, KnownKeyword, Snapshot } from './load.ts';

const kept = new WeakMap<readonly KnownKeyword[], ReadonlyMap<number, string>>();

/** What two films have in common, in a few words: who made them, else what they are about, else their genres. */
export function likeness(film: KnownFilm, other: KnownFilm, { keywords }: Pick<Snapshot, 'keywords'>): string | undefined {
  const director = film.directors.find((name) => other.directors.includes(name));
  if (director !== undefined) return `Also by ${director}`;
  const names = namesOf(keywords),
    shared = Array.from(
      film.traits.filter((trait) => other.traits.includes(trait)),
      (trait) => names.get(trait),
    ),
    genres = film.genres.filter((name) => other.genres.includes(name));
  const common = [...shared.filter((name) => name !== undefined), ...genres].slice(0, 2);
  return common.length > 0 ? `Both: ${common.join(', ')}` : undefined;
}

/** Names by number of the trait; traits that are no keywords have none. Made once for each state of the catalogue. */
function namesOf(keywords: readonly KnownKeyword[]): ReadonlyMap<number, string> {
  const names = kept.get(keywords) ?? new Map(keywords.map(({ trait, name }) => [trait, name]));
  kept.set(keywords, names);
  return names;
}
