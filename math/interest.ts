import { rowValues, type SparseRows } from './sparse.ts';

/** Pull of the general mean on a viewer's own mean, in ratings: it decides while a viewer has few. */
const DAMPING = 5;

/** Mean of all finite stars; the middle of the scale where there are none. */
export function meanStars(stars: Float32Array): number {
  const { count, sum } = total(stars);
  return count > 0 ? sum / count : 3;
}

/**
 * How much each film says for a viewer's taste: 1 + starWeight × (stars − the viewer's own mean).
 * Having chosen a film counts 1 (so does a film without stars, NaN), liking it more, disliking it less or
 * negative. The mean is damped towards `prior`, as in Ekstrand, Riedl & Konstan 2011, section 2.1.
 */
export function interests(stars: Float32Array, prior: number, starWeight: number): Float32Array {
  const { count, sum } = total(stars);
  const mean = (sum + DAMPING * prior) / (count + DAMPING);
  return stars.map((value) => (Number.isNaN(value) ? 1 : 1 + starWeight * (value - mean)));
}

/** The same for every viewer of a matrix of stars. */
export function interestRows(ratings: SparseRows, prior: number, starWeight: number): SparseRows {
  const value = new Float32Array(ratings.value.length);
  for (let r = 0; r < ratings.rows; r++) value.set(interests(rowValues(ratings, r), prior, starWeight), ratings.start[r]);
  return { ...ratings, value };
}

function total(stars: Float32Array): { count: number; sum: number } {
  let count = 0;
  let sum = 0;
  for (const value of stars)
    if (!Number.isNaN(value)) {
      count++;
      sum += value;
    }
  return { count, sum };
}
