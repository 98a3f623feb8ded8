import { sameNumbers } from '../../../math/same.ts';
import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import type { Catalogue } from '../../../recommend/ports.ts';
import type { Attributes } from './attributes.ts';
import type { UnitFacts } from './facts.ts';

/** What follows from a history. */
export type Taste = Pick<Attributes, 'ratings' | 'favouriteGenres'>;

interface Kept extends Taste, Pick<Viewer, 'films' | 'stars'> {
  readonly catalogue: Catalogue;
}
const kept = new WeakMap<UnitFacts, Kept>();

/** From what is kept with the facts, if the history and the catalogue are still the same: that costs a twentieth. */
export function tasteOf(facts: UnitFacts, viewer: Viewer, catalogue: Catalogue): Taste {
  const known = kept.get(facts),
    { films, stars } = viewer;
  if (known?.catalogue === catalogue && sameNumbers(known.films, films) && sameNumbers(known.stars, stars)) return known;
  const taste = { catalogue, films, stars, ratings: ratingsOf(viewer), favouriteGenres: favourites(likingOf(viewer, catalogue)) };
  kept.set(facts, taste);
  return taste;
}

function ratingsOf({ stars }: Viewer): number {
  let count = 0;
  for (const given of stars) if (given > 0) count++;
  return count;
}

/** By genre, how much the viewer's stars speak for it; only where they do. */
function likingOf({ films, stars }: Viewer, catalogue: Catalogue): Map<string, number> {
  const { names, of } = genresOf(catalogue),
    sums: number[] = [];
  for (let i = 0; i < films.length; i++) {
    const counts = stars[i]! - middle;
    if (Number.isNaN(counts)) continue;
    const genres = of(films[i]!);
    for (let j = 0; j < genres.length; j++) sums[genres[j]!] = (sums[genres[j]!] ?? 0) + counts;
  }
  const liking = new Map<string, number>();
  for (const [genre, sum] of sums.entries()) if (sum > 0) liking.set(names[genre]!, sum);
  return liking;
}

/** Genres of a catalogue as small numbers, of each film when it is first asked for. */
interface Genres {
  readonly names: readonly string[];
  of(film: Position): readonly number[];
}
const numbered = new WeakMap<Catalogue, Genres>();

function genresOf(catalogue: Catalogue): Genres {
  const known = numbered.get(catalogue);
  if (known) return known;
  const names: string[] = [],
    numbers = new Map<string, number>(),
    films: (readonly number[] | undefined)[] = [];
  const numberOf = (name: string): number => numbers.get(name) ?? (numbers.set(name, names.length), names.push(name) - 1);
  const genres: Genres = { names, of: (film) => (films[film] ??= catalogue.cards[film]!.genres.map(numberOf)) };
  numbered.set(catalogue, genres);
  return genres;
}

/** Stars above it speak for the genres of a film, stars below it against them. */
export const middle = 2.5;

/** The three genres that the viewer's stars speak for most: Σ (stars − 2.5) above 0; equal ones by name. */
export const favourites = (liking: ReadonlyMap<string, number>): string[] =>
  [...liking]
    .filter(([, sum]) => sum > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([genre]) => genre);
