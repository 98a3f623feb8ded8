import { normalPoint } from './distributions.ts';
import type { QuantileMoments, RatioMoments } from './moments.ts';

const z = normalPoint(0.975);
/** Bounds can meet by rounding of the values; among many events the variance is not taken as less than this. */
const LEAST = { variance: 1e-5, events: 100 };

/**
 * Ranks (from 0 to 1) of the order statistics that bound a quantile's 95 % interval: ν ± z √(ν (1 − ν) / n), as
 * `percentile_cont` takes them. See Deng, Knoblich and Lu, "Applying the Delta Method in Metric Analytics", KDD 2018, § 3.4.
 */
export function quantileRanks(level: number, n: number): readonly [lower: number, upper: number] {
  const half = z * Math.sqrt((level * (1 - level)) / n);
  return [Math.max(0, level - half), Math.min(1, level + half)];
}

/** Too few events for bounds that lie within the data. */
const tooFew = ({ n, level }: QuantileMoments): boolean => n <= (z ** 2 * level) / (1 - level) || n <= (z ** 2 * (1 - level)) / level;

/** Variance of one event, so that divided by n it is the squared standard error; 0 where the events do not suffice. */
export function quantileVariance(moments: QuantileMoments): number {
  const { n, level, lower, upper, clusters } = moments;
  if (tooFew(moments) || !(upper > lower)) return 0;
  const independent = (n - 1) * ((upper - lower) / (2 * z)) ** 2;
  const clustered = clusters ? (independent * clusterVariance(clusters)) / ((level * (1 - level)) / n) : independent;
  return n < LEAST.events ? clustered : Math.max(LEAST.variance, clustered);
}

/** Variance of the share of events at or below the quantile when units, not events, are independent (delta method). */
function clusterVariance({ n, m, d, mm, dd, md }: RatioMoments): number {
  const [low, events] = [m / n, d / n];
  const variance = (xy: number, x: number, y: number): number => ((xy / n - x * y) * n) / (n - 1);
  const share = low / events;
  return (variance(mm, low, low) - 2 * share * variance(md, low, events) + share ** 2 * variance(dd, events, events)) / (n * events ** 2);
}
