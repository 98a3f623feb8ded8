import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** The one place that knows the library of distributions. */

/** P(|T| ≥ |t|) for Student's t; takes the lower tail, so that tiny probabilities stay exact. */
export const studentTwoSided = (t: number, degreesOfFreedom: number): number => 2 * tCdf(-Math.abs(t), degreesOfFreedom);

/** The t below which lies the given probability. */
export const studentQuantile = (probability: number, degreesOfFreedom: number): number => tQuantile(probability, degreesOfFreedom);

/** P(X² ≥ x); probabilities below 1e-15 come out as 0. */
export const chiSquareUpper = (x: number, degreesOfFreedom: number): number => Math.max(0, 1 - chiSquareCdf(x, degreesOfFreedom));
