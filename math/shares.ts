import { topK } from './top-k.ts';

/** One part of a sum: which film, and its fraction of all that speaks for the sum. */
export interface Share {
  readonly film: number;
  readonly share: number;
}

/** Fractions (all of them add up to 1) of the positive contributions, at most so many, largest first; parallel arrays in. */
export function shares(films: Int32Array, contributions: Float64Array, most = films.length): Share[] {
  let sum = 0;
  for (const contribution of contributions) if (contribution > 0) sum += contribution;
  const largest = new Int32Array(Math.min(most, films.length));
  const found = topK(contributions, largest, (i) => contributions[i]! > 0);
  return Array.from(largest.subarray(0, found), (i) => ({ film: films[i]!, share: contributions[i]! / sum }));
}
