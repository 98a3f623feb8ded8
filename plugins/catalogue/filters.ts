import type { Request } from 'express';
import { badRequest } from '../../core/errors.ts';
import type { KnownGenre } from './load.ts';
import type { Parts } from './parts.ts';
import { choice, parameter } from './query.ts';
import type { Filters } from './selections.ts';

/** Running times to choose among, in minutes. */
const lengths = {
  any: {},
  'under-90': { longest: 89 },
  '90-120': { shortest: 90, longest: 120 },
  '120-150': { shortest: 121, longest: 150 },
  'over-150': { shortest: 151 },
} as const;
type Length = keyof typeof lengths;
const lengthNames = Object.keys(lengths) as [Length, ...Length[]];
const leastStars = ['any', '3', '3.5', '4'] as const;

/** Filters as the address names them, and as the form shows them again. */
export interface Narrowed extends Filters {
  readonly form: {
    readonly genre: string;
    readonly from: string;
    readonly to: string;
    readonly length: Length;
    readonly stars: (typeof leastStars)[number];
    readonly unseen: boolean;
  };
  /** how many there are */
  readonly count: number;
}

/** What the form of the search page sends; 400 for what it cannot send. */
export async function filtersOf(parts: Parts, request: Request): Promise<Narrowed> {
  const genre = genreOf(parts.index.current().genres, parameter(request, 'genre')),
    [from, to] = [year(request, 'from'), year(request, 'to')],
    length = choice(request, 'length', lengthNames),
    stars = choice(request, 'stars', leastStars),
    unseen = choice(request, 'unseen', ['', '1']) === '1';
  if (from !== undefined && to !== undefined && from > to) throw badRequest('The first year must not be after the last one.');
  return {
    genre,
    since: from,
    until: to,
    ...lengths[length],
    stars: stars === 'any' ? undefined : Number(stars),
    without: unseen ? await seenBy(parts, request) : undefined,
    form: { genre: genre?.slug ?? '', from: String(from ?? ''), to: String(to ?? ''), length, stars, unseen },
    count: [genre, from ?? to, length !== 'any', stars !== 'any', unseen].filter(Boolean).length,
  };
}

function genreOf(genres: readonly KnownGenre[], slug: string | undefined): KnownGenre | undefined {
  if (slug === undefined || slug === '') return undefined;
  const found = genres.find((genre) => genre.slug === slug);
  if (!found) throw badRequest('There is no such genre. Choose one from the list.');
  return found;
}

function year(request: Request, name: string): number | undefined {
  const text = (parameter(request, name) ?? '').trim();
  if (text === '') return undefined;
  const number = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (number < 1870 || number > 2100) throw badRequest(`"${name}" is a year between 1870 and 2100.`);
  return number;
}

/** Ids of the films that the viewer rated or watched. */
async function seenBy({ recommender, index }: Parts, request: Request): Promise<number[]> {
  const { viewer } = await recommender.open(await request.unit(), request.clock),
    { cards } = index.current();
  return Array.from(viewer.films, (film) => cards[film]!.id);
}

/** The choices of the form, the ones in force marked. */
export const choicesOf = ({ form }: Narrowed, genres: readonly KnownGenre[]) => ({
  genres: genres.map(({ name, slug }) => ({ value: slug, title: name, selected: slug === form.genre })),
  lengths: lengthNames.map((value) => ({ value, selected: value === form.length })),
  stars: leastStars.map((value) => ({ value, selected: value === form.stars })),
});
