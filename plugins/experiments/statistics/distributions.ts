import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** The one place that knows the library of distributions. */

/** P(T ≤ t) for Student's t. */
export const studentLower = (t: number, degreesOfFreedom: number): number => tCdf(t, degreesOfFreedom);

/** P(|T| ≥ |t|) for Student's t; takes the lower tail, so that tiny probabilities stay exact. */
export const studentTwoSided = (t: number, degreesOfFreedom: number): number => 2 * tCdf(-Math.abs(t), degreesOfFreedom);

/** The t below which lies the given probability. */
export const studentQuantile = (probability: number, degreesOfFreedom: number): number => tQuantile(probability, degreesOfFreedom);

/** P(Z ≤ z) of the standard normal distribution. */
export const normalLower = (z: number): number => normalCdf(z, 0, 1);

/** P(|Z| ≥ |z|), exact in the tail. */
export const normalTwoSided = (z: number): number => 2 * normalCdf(-Math.abs(z), 0, 1);

/** The z below which lies the given probability. */
export const normalPoint = (probability: number): number => normalQuantile(probability, 0, 1);

/** The density of the standard normal distribution. */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** P(X² ≥ x); probabilities below 1e-15 come out as 0. */
export const chiSquareUpper = (x: number, degreesOfFreedom: number): number => Math.max(0, 1 - chiSquareCdf(x, degreesOfFreedom));

/** P(at least as uneven as this) when each of n is a success with probability ½: the two-sided sign test. */
export const evenBinomialTwoSided = (successes: number, n: number): number =>
  n === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(successes, n - successes), n, 0.5));
