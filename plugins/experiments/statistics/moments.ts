/** What must be known of one arm to compare it: sums over its units (viewers), small enough to store by day and arm. */
export type Moments = ProportionMoments | MeanMoments | RatioMoments;

/** Each unit did it or not: n units, sum of those who did. */
export interface ProportionMoments {
  readonly kind: 'proportion';
  readonly n: number;
  readonly sum: number;
}
/** One number a unit. */
export interface MeanMoments {
  readonly kind: 'mean';
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}
/** Two numbers a unit, such as clicks (m) and impressions (d); the metric is Σm / Σd. */
export interface RatioMoments {
  readonly kind: 'ratio';
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly mm: number;
  readonly dd: number;
  readonly md: number;
}

export function proportionMoments(units: Iterable<boolean>): ProportionMoments {
  let [n, sum] = [0, 0];
  for (const did of units) {
    n++;
    if (did) sum++;
  }
  return { kind: 'proportion', n, sum };
}

export function meanMoments(units: Iterable<number>): MeanMoments {
  let [n, sum, squares] = [0, 0, 0];
  for (const value of units) {
    n++;
    sum += value;
    squares += value * value;
  }
  return { kind: 'mean', n, sum, squares };
}

/** @param units numerator and denominator of each unit, units without any of the denominator included */
export function ratioMoments(units: Iterable<readonly [m: number, d: number]>): RatioMoments {
  let [n, m, d, mm, dd, md] = [0, 0, 0, 0, 0, 0];
  for (const [top, bottom] of units) {
    n++;
    m += top;
    d += bottom;
    mm += top * top;
    dd += bottom * bottom;
    md += top * bottom;
  }
  return { kind: 'ratio', n, m, d, mm, dd, md };
}

/** The metric's value in one arm. `variance` is that of one unit: divided by n, it is the squared standard error. */
export interface Estimate {
  readonly n: number;
  readonly value: number;
  readonly variance: number;
}

/** @returns NaN for value or variance where the units do not suffice */
export function estimate(moments: Moments): Estimate {
  if (moments.kind === 'ratio') return ratioEstimate(moments);
  const { n, sum } = moments;
  const value = sum / n;
  return { n, value, variance: moments.kind === 'proportion' ? value * (1 - value) : covariance(n, sum, sum, moments.squares) };
}

/** Sample covariance from sums. */
const covariance = (n: number, x: number, y: number, xy: number): number => (xy - (x * y) / n) / (n - 1);

/**
 * The delta method: Var(m̄/d̄) ≈ (Var m − 2 r Cov(m, d) + r² Var d) / d̄² with r = m̄/d̄ (see Deng, Knoblich and Lu,
 * "Applying the Delta Method in Metric Analytics", KDD 2018). Impressions of one viewer are alike, so that a binomial
 * variance over impressions would be far too small.
 */
function ratioEstimate({ n, m, d, mm, dd, md }: RatioMoments): Estimate {
  const value = m / d;
  const variance = (covariance(n, m, m, mm) - 2 * value * covariance(n, m, d, md) + value ** 2 * covariance(n, d, d, dd)) / (d / n) ** 2;
  return { n, value, variance };
}
