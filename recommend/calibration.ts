import type { Position, Viewer } from './algorithm.ts';
import type { Catalogue } from './ports.ts';

/** Share of each genre; the shares of a distribution add up to 1. */
export type Genres = ReadonlyMap<string, number>;

/** Part of the target that is mixed into a list's genres, so that a missing genre costs much but not infinitely. */
const smoothing = 0.01;

/** Genres of the films that the viewer likes, each film divided among its genres and weighted by the preference. */
export function genresOf({ preferences: { films, weight } }: Viewer, { cards }: Pick<Catalogue, 'cards'>): Genres {
  const sums = new Map<string, number>();
  let total = 0;
  films.forEach((film, i) => {
    if (weight[i]! <= 0) return;
    for (const genre of cards[film]?.genres ?? []) sums.set(genre, (sums.get(genre) ?? 0) + weight[i]! / cards[film]!.genres.length);
    if (cards[film]?.genres.length) total += weight[i]!;
  });
  return new Map([...sums].map(([genre, sum]) => [genre, sum / total]));
}

/** Kullback-Leibler divergence of a list's genres from the target, in nats; 0 = the same proportions. */
function divergence(target: Genres, counts: ReadonlyMap<string, number>, films: number): number {
  let sum = 0;
  for (const [genre, p] of target) {
    const q = (1 - smoothing) * ((counts.get(genre) ?? 0) / Math.max(films, 1)) + smoothing * p;
    sum += p * Math.log(p / q);
  }
  return sum;
}

/**
 * Calibrated recommendations (Steck, RecSys 2018): each pick maximises (1 − λ) · score − λ · divergence of the list so
 * far, scores scaled to 0 … 1. A viewer without a taste in genres gets the films as they come.
 * @param films candidates, best first
 * @param strength λ, 0 … 1
 */
export function calibrate(
  films: readonly Position[],
  size: number,
  strength: number,
  target: Genres,
  { cards }: Pick<Catalogue, 'cards'>,
): Position[] {
  if (strength === 0 || target.size === 0) return films.slice(0, size);
  const left = films.map((film, rank) => ({ film, worth: 1 - rank / films.length })),
    counts = new Map<string, number>(),
    picked: Position[] = [];
  const add = (film: Position, sign: 1 | -1): void => {
    const { genres } = cards[film]!;
    for (const genre of genres) counts.set(genre, (counts.get(genre) ?? 0) + sign / genres.length);
  };
  const value = ({ film, worth }: (typeof left)[number]): number => {
    add(film, 1);
    const cost = divergence(target, counts, picked.length + 1);
    add(film, -1);
    return (1 - strength) * worth - strength * cost;
  };
  while (picked.length < size && left.length > 0) {
    const values = left.map(value);
    const [{ film }] = left.splice(values.indexOf(Math.max(...values)), 1) as [(typeof left)[number]];
    add(film, 1);
    picked.push(film);
  }
  return picked;
}
