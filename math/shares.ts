import { topK } from './top-k.ts';

/** One part of a sum: which film, and its fraction of all that speaks for the sum. */
export interface Share {
  readonly film: number;
  readonly share: number;
}

/** Fractions (all of them add up to 1) of the positive contributions, at most so many, largest first; parallel arrays in. */
export function shares(films: Int32Array, contributions: Float64Array, most = films.length): Share[] {
  let sum = 0,
    first = -1;
  for (let i = 0; i < contributions.length; i++) {
    if (!(contributions[i]! > 0)) continue;
    sum += contributions[i]!;
    if (first < 0 || contributions[i]! > contributions[first]!) first = i;
  }
  const share = (i: number): Share => ({ film: films[i]!, share: contributions[i]! / sum });
  // A page asks for one reason of each of its films.
  if (most === 1) return first < 0 ? [] : [share(first)];
  const largest = new Int32Array(Math.min(most, films.length)),
    found = topK(contributions, largest, (i) => contributions[i]! > 0);
  return Array.from(largest.subarray(0, found), share);
}
