import type { KnownFilm, KnownGenre, KnownKeyword } from './load.ts';

/** Some of the films, for the orders. */
export interface Selection {
  /** names it, so that its order is worked out once; undefined = worked out each time */
  readonly name?: string;
  has(film: KnownFilm): boolean;
  /** the least that films are worth, see film-orders.ts */
  readonly stars?: number | undefined;
}

export const everything: Selection = { has: () => true };

export const ofGenre = (genre: string): Selection => ({ name: `genre ${genre}`, has: ({ genres }) => genres.includes(genre) });

/** @param decade its first year */
export const ofDecade = (decade: number): Selection => ({ name: `decade ${decade}`, has: ({ year }) => decadeOf(year) === decade });

/** The first year of a year's decade. */
export const decadeOf = (year: number | null): number | undefined => (year === null ? undefined : Math.floor(year / 10) * 10);

export const ofKeywords = (keywords: readonly KnownKeyword[]): Selection => {
  const traits = new Set(keywords.map(({ trait }) => trait));
  return { name: `keyword ${keywords[0]?.slug}`, has: ({ traits: own }) => own.some((trait) => traits.has(trait)) };
};

/** What belongs to all of them. */
export const allOf = (...selections: readonly Selection[]): Selection => ({
  name: selections.map(({ name }) => name).join(' & '),
  has: (film) => selections.every((selection) => selection.has(film)),
});

/** What a viewer narrows films to; what is undefined asks for nothing. */
export interface Filters {
  readonly genre?: KnownGenre | undefined;
  /** years */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** minutes */
  readonly shortest?: number | undefined;
  readonly longest?: number | undefined;
  /** the damped mean of a film, see film-orders.ts */
  readonly stars?: number | undefined;
  /** ids of films that are left out */
  readonly without?: readonly number[] | undefined;
}

/** What fits all of them. */
export function ofFilters({ genre, since, until, shortest, longest, stars, without }: Filters): Selection {
  const left = new Set(without);
  return {
    has: ({ id, genres, year, runtime }) =>
      (genre === undefined || genres.includes(genre.name)) && within(year, since, until) && within(runtime, shortest, longest) && !left.has(id),
    stars,
  };
}

const within = (value: number | null, least: number | undefined, most: number | undefined): boolean =>
  (least === undefined || (value !== null && value >= least)) && (most === undefined || (value !== null && value <= most));
