import type { KnownKeyword, Snapshot } from './load.ts';
import type { Selection } from './selections.ts';

/** A keyword that tells films of a genre apart, and how many of them have it. */
export interface SubGenre extends KnownKeyword {
  readonly films: number;
}
const most = 14,
  fewestFilms = 3;
const kept = new WeakMap<Snapshot, Map<string, readonly SubGenre[]>>();

/**
 * The keywords that say most about some films: frequent among them, and more so than elsewhere. Measured by a keyword's
 * part of the Kullback-Leibler divergence, p log2(p / q), with p its share of these films and q its share of all.
 * Worked out once for each state of the catalogue.
 */
export function subGenresOf(snapshot: Snapshot, some: Selection): readonly SubGenre[] {
  const known = kept.get(snapshot) ?? new Map<string, readonly SubGenre[]>();
  kept.set(snapshot, known);
  const found = known.get(some.name ?? '') ?? telling(snapshot, some);
  if (some.name !== undefined) known.set(some.name, found);
  return found;
}

function telling({ cards, keywords }: Snapshot, some: Selection): SubGenre[] {
  const visible = cards.filter(({ hidden }) => !hidden),
    here = visible.filter((film) => some.has(film)),
    [all, counts] = [countTraits(visible), countTraits(here)];
  const weight = ({ trait, films }: SubGenre): number => (films / here.length) * Math.log2(films / here.length / (all.get(trait)! / visible.length));
  return keywords
    .map((keyword) => ({ ...keyword, films: counts.get(keyword.trait) ?? 0 }))
    .filter(({ films }) => films >= fewestFilms)
    .sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name))
    .slice(0, most);
}

function countTraits(films: readonly { readonly traits: Int32Array }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { traits } of films) for (const trait of traits) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  return counts;
}
