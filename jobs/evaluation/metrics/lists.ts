import type { FilmFacts } from '../../../recommend/algorithm.ts';

/** Binary features of each film, as ascending numbers. */
export type Features = readonly Int32Array[];

/** The genres of each film. */
export function genresOf(films: readonly FilmFacts[]): Features {
  const numbers = new Map<string, number>();
  const numberOf = (genre: string): number => numbers.get(genre) ?? numbers.set(genre, numbers.size).size - 1;
  return films.map(({ genres }) => Int32Array.from(new Set(genres.map(numberOf))).sort());
}

/**
 * Self-information of each film in bits: −log2 of its share of all ratings (Zhou et al. 2010). A film that nobody rated
 * counts as one that was rated once.
 * @param counts how often each was rated
 */
export function selfInformation(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let film = 0; film < counts.length; film++) total += counts[film]!;
  return Float64Array.from(counts, (count) => -Math.log2(Math.max(1, count) / Math.max(1, total)));
}

/** Mean of a number over the films of a list; NaN for an empty one. */
export function meanOver(list: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < list.length; i++) sum += values[list[i]!]!;
  return sum / list.length;
}

/**
 * 1 − mean cosine of all pairs of a list (intra-list distance, Ziegler et al. 2005). Films without features are passed
 * over; NaN where fewer than two are left.
 */
export function diversity(list: ArrayLike<number>, features: Features): number {
  const known = Array.from(list, (film) => features[film]!).filter((own) => own.length > 0);
  let cosines = 0;
  for (let i = 0; i < known.length; i++) for (let j = 0; j < i; j++) cosines += cosine(known[i]!, known[j]!);
  return known.length > 1 ? 1 - cosines / ((known.length * (known.length - 1)) / 2) : NaN;
}

function cosine(a: Int32Array, b: Int32Array): number {
  let both = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) both++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return both / Math.sqrt(a.length * b.length);
}

/** Share of each feature in a list, each film's features sharing 1 between them; empty where no film has any. */
export function distribution(list: ArrayLike<number>, features: Features): ReadonlyMap<number, number> {
  const parts = new Map<number, number>();
  const known = Array.from(list, (film) => features[film]!).filter((own) => own.length > 0);
  for (const own of known) for (const feature of own) parts.set(feature, (parts.get(feature) ?? 0) + 1 / own.length / known.length);
  return parts;
}

/** Part of the history's distribution that is mixed into the list's, so that a missing genre does not cost infinitely much. */
const mixed = 0.01;

/**
 * Miscalibration (Steck 2018): the Kullback-Leibler divergence, in nats, of the list's distribution from the history's;
 * 0 where the list has the genres of the history in the same proportions. NaN where one of them is empty.
 */
export function miscalibration<T>(history: ReadonlyMap<T, number>, list: ReadonlyMap<T, number>): number {
  if (history.size === 0 || list.size === 0) return NaN;
  let sum = 0;
  for (const [genre, p] of history) if (p > 0) sum += p * Math.log(p / ((1 - mixed) * (list.get(genre) ?? 0) + mixed * p));
  return sum;
}
