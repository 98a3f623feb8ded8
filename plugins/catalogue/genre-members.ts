import type { Snapshot } from './load.ts';

const known = new WeakMap<Snapshot['cards'], Map<string, Uint8Array>>();

/**
 * Which films are in a genre, by position: 1 or 0. Worked out once for each state of the catalogue: a row of a genre
 * looks at a thousand films and more, and reading their cards took a twentieth of the home page.
 */
export function membersOf(genre: string, cards: Snapshot['cards']): Uint8Array {
  const genres = known.get(cards) ?? new Map<string, Uint8Array>(),
    members = genres.get(genre) ?? Uint8Array.from(cards, (film) => Number(film.genres.includes(genre)));
  known.set(cards, genres.set(genre, members));
  return members;
}
