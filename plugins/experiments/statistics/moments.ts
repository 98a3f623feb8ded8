/**
 * What must be known of one arm to compare it: sums over its units (viewers), small enough to store by day and arm,
 * plain numbers and texts, so that JSON holds them. All but quantiles can be added and subtracted (`sums.ts`).
 */
export type Moments = SumMoments | QuantileMoments;
export type SumMoments = ProportionMoments | MeanMoments | RatioMoments | RegressionMoments | RegressionRatioMoments;

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
/** One number a unit (y), and the same from before the unit's first exposure (x), for CUPED. */
export interface RegressionMoments {
  readonly kind: 'regression';
  /** yes-or-no values have y = y² and are summed up as proportions */
  readonly of: 'mean' | 'proportion';
  readonly n: number;
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xx: number;
  readonly xy: number;
}
/** A ratio (m / d) and the same ratio from before the unit's first exposure (a / b), for CUPED. */
export interface RegressionRatioMoments {
  readonly kind: 'regression-ratio';
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly mm: number;
  readonly md: number;
  readonly ma: number;
  readonly mb: number;
  readonly dd: number;
  readonly da: number;
  readonly db: number;
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}
/** A quantile of all events, with the bounds that its 95 % interval has for independent events (see `quantile.ts`). */
export interface QuantileMoments {
  readonly kind: 'quantile';
  /** events */
  readonly n: number;
  /** between 0 and 1; .5 is the median */
  readonly level: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** where a unit has several events: per unit, events (d) and those at or below the quantile (m) */
  readonly clusters?: RatioMoments;
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

/** @param units of each unit the value since, and the value before its first exposure */
export function regressionMoments(units: Iterable<readonly [y: number, x: number]>, of: RegressionMoments['of'] = 'mean'): RegressionMoments {
  const { n, m, d, mm, dd, md } = ratioMoments(units);
  return { kind: 'regression', of, n, y: m, x: d, yy: mm, xx: dd, xy: md };
}

/** @param units numerator and denominator since, then numerator and denominator before the unit's first exposure */
export function regressionRatioMoments(units: Iterable<readonly [m: number, d: number, a: number, b: number]>): RegressionRatioMoments {
  const sums = { n: 0, m: 0, d: 0, a: 0, b: 0, mm: 0, md: 0, ma: 0, mb: 0, dd: 0, da: 0, db: 0, aa: 0, ab: 0, bb: 0 };
  for (const [m, d, a, b] of units) {
    const one = { n: 1, m, d, a, b, mm: m * m, md: m * d, ma: m * a, mb: m * b, dd: d * d, da: d * a, db: d * b, aa: a * a, ab: a * b, bb: b * b };
    for (const key of Object.keys(one) as (keyof typeof one)[]) sums[key] += one[key];
  }
  return { kind: 'regression-ratio', ...sums };
}
