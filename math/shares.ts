/** One part of a sum: which film, and its fraction of all that speaks for the sum. */
export interface Share {
  readonly film: number;
  readonly share: number;
}

/** Fractions (they add up to 1) of the positive contributions, largest first; parallel arrays in. */
export function shares(films: Int32Array, contributions: Float64Array): Share[] {
  let sum = 0;
  for (const contribution of contributions) if (contribution > 0) sum += contribution;
  const parts: Share[] = [];
  films.forEach((film, i) => {
    if (contributions[i]! > 0) parts.push({ film, share: contributions[i]! / sum });
  });
  return parts.sort((a, b) => b.share - a.share || a.film - b.film);
}
