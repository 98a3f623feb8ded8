import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import type { Catalogue } from '../../../recommend/ports.ts';
import type { UnitFacts } from './facts.ts';

/** What an experiment can choose its viewers by. */
export interface Attributes {
  /** the day when the account was made, or the browser came first: "2026-05-01", UTC */
  readonly signUpDate: string;
  /** whole days since then */
  readonly daysSinceSignUp: number;
  readonly signedIn: boolean;
  readonly ratings: number;
  /** at most three, the favourite one first; see `favourites` */
  readonly favouriteGenres: readonly string[];
  readonly staff: boolean;
  readonly simulated: boolean;
}
export type AttributeType = 'date' | 'number' | 'boolean' | 'genres';
export const attributeTypes: Readonly<Record<keyof Attributes, AttributeType>> = {
  signUpDate: 'date',
  daysSinceSignUp: 'number',
  signedIn: 'boolean',
  ratings: 'number',
  favouriteGenres: 'genres',
  staff: 'boolean',
  simulated: 'boolean',
};

const DAY = 86_400_000;

/** Each is worked out when a condition asks for it. */
export class ViewerAttributes implements Attributes {
  readonly #facts: UnitFacts;
  readonly #viewer: Viewer;
  readonly #catalogue: Catalogue;
  readonly #at: Date;
  #genres: readonly string[] | undefined;
  #ratings: number | undefined;

  constructor(facts: UnitFacts, viewer: Viewer, catalogue: Catalogue, at: Date) {
    this.#facts = facts;
    this.#viewer = viewer;
    this.#catalogue = catalogue;
    this.#at = at;
  }

  get signUpDate(): string {
    return this.#facts.since.toISOString().slice(0, 10);
  }
  get daysSinceSignUp(): number {
    return Math.max(0, Math.floor((this.#at.getTime() - this.#facts.since.getTime()) / DAY));
  }
  get signedIn(): boolean {
    return this.#facts.signedIn;
  }
  get ratings(): number {
    if (this.#ratings !== undefined) return this.#ratings;
    let count = 0;
    for (const stars of this.#viewer.stars) if (stars > 0) count++;
    return (this.#ratings = count);
  }
  get favouriteGenres(): readonly string[] {
    return (this.#genres ??= favourites(this.#liking()));
  }
  get staff(): boolean {
    return this.#facts.staff;
  }
  get simulated(): boolean {
    return this.#facts.simulated;
  }

  #liking(): Map<string, number> {
    const { films, stars } = this.#viewer,
      { names, of } = genresOf(this.#catalogue),
      sums: number[] = [];
    for (let i = 0; i < films.length; i++) {
      if (Number.isNaN(stars[i]!)) continue;
      for (const genre of of(films[i]!)) sums[genre] = (sums[genre] ?? 0) + stars[i]! - middle;
    }
    return new Map(sums.flatMap((sum, genre) => [[names[genre]!, sum] as const]));
  }
}

/** Genres of a catalogue as small numbers, of each film when it is first asked for: this runs for every page. */
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
