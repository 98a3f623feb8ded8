import type { Moments, ProportionMoments, RegressionMoments, RegressionRatioMoments } from './moments.ts';
import { quantileVariance } from './quantile.ts';

/**
 * Averages over the units of one arm with the covariances of one unit: [y], [y, x] with a covariate, [m, d] of a ratio,
 * [m, d, a, b] of a ratio with a covariate. What the delta method needs, whatever the metric.
 */
export interface Means {
  readonly n: number;
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Sample covariance from sums. */
const sample = (n: number, x: number, y: number, xy: number): number => (xy - (x * y) / n) / (n - 1);
/** Covariance of yes-or-no values: p (1 − p) on the diagonal. */
const binary = (n: number, x: number, y: number, xy: number): number => xy / n - (x * y) / n ** 2;

/** @returns NaN in place of what the units do not suffice for */
export function meansOf(moments: Moments): Means {
  switch (moments.kind) {
    case 'proportion':
      return proportion(moments);
    case 'mean':
      return matrix(moments.n, [moments.sum], [[moments.squares]]);
    case 'ratio': {
      const { n, m, d, mm, dd, md } = moments;
      return matrix(n, [m, d], [[mm], [md, dd]]);
    }
    case 'regression':
      return regression(moments);
    case 'regression-ratio':
      return regressionRatio(moments);
    case 'quantile':
      return { n: moments.n, mean: [moments.value], covariance: [[quantileVariance(moments)]] };
  }
}

/** @param products the lower triangle of the sums of products */
function matrix(n: number, sums: readonly number[], products: readonly (readonly number[])[], of: typeof sample = sample): Means {
  const product = (i: number, j: number): number => products[Math.max(i, j)]![Math.min(i, j)]!;
  return { n, mean: sums.map((sum) => sum / n), covariance: sums.map((x, i) => sums.map((y, j) => of(n, x, y, product(i, j)))) };
}

const proportion = ({ n, sum }: ProportionMoments): Means => ({ n, mean: [sum / n], covariance: [[(sum / n) * (1 - sum / n)]] });

const regression = ({ of, n, y, x, yy, xx, xy }: RegressionMoments): Means =>
  matrix(n, [y, x], [[yy], [xy, xx]], of === 'proportion' ? binary : sample);

const regressionRatio = ({ n, m, d, a, b, ...s }: RegressionRatioMoments): Means =>
  matrix(n, [m, d, a, b], [[s.mm], [s.md, s.dd], [s.ma, s.da, s.aa], [s.mb, s.db, s.ab, s.bb]]);
