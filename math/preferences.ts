import { rowValues, type SparseRows } from './sparse.ts';

/** Sparse vector over films: what speaks for (above 0) and against (below 0) each, ascending positions. */
export interface Preferences {
  readonly films: Int32Array;
  readonly weight: Float32Array;
}

/** How stars become preferences. */
export interface StarScale {
  /** of a film rated at the viewer's own mean */
  readonly weight: number;
  /** what a star above or below that mean adds, as a fraction of `weight` */
  readonly spread: number;
  /** the mean that a viewer's own one is damped towards, in stars */
  readonly neutral: number;
}
export const usualScale: StarScale = { weight: 1, spread: 1, neutral: 3.5 };

/** Pull of the neutral mean on a viewer's own mean, in ratings: it decides while a viewer has few. */
const damping = 5;

/**
 * How much each rating says for a viewer's taste: weight × (1 + spread × (stars − the viewer's own mean)).
 * Having chosen a film counts `weight`, liking it more, disliking it less or below 0. The mean is damped towards
 * `neutral`, as in Ekstrand, Riedl & Konstan 2011, section 2.1.
 */
export function starPreferences(stars: Float32Array, { weight, spread, neutral }: StarScale): Float32Array {
  let sum = damping * neutral;
  for (const value of stars) sum += value;
  const mean = sum / (stars.length + damping);
  return stars.map((value) => weight * (1 + spread * (value - mean)));
}

/** The same for every row of a matrix of stars. */
export function preferenceRows(ratings: SparseRows, scale: StarScale): SparseRows {
  const value = new Float32Array(ratings.value.length);
  for (let r = 0; r < ratings.rows; r++) value.set(starPreferences(rowValues(ratings, r), scale), ratings.start[r]);
  return { ...ratings, value };
}

/** One vector of several; of two weights for one film the later list's counts. */
export function foldPreferences(parts: readonly Preferences[]): Preferences {
  const weightOf = new Map<number, number>();
  for (const { films, weight } of parts) films.forEach((film, i) => weightOf.set(film, weight[i]!));
  const films = Int32Array.from(weightOf.keys()).sort();
  return { films, weight: Float32Array.from(films, (film) => weightOf.get(film)!) };
}
