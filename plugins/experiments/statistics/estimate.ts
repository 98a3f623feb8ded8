import { meansOf, type Means } from './means.ts';
import type { Moments } from './moments.ts';

/** The metric's value in one arm. `variance` is that of one unit: divided by n, it is the squared standard error. */
export interface Estimate {
  readonly n: number;
  readonly value: number;
  readonly variance: number;
}
/** The metric's value, the same before exposure (0 without a covariate), and their covariances of one unit. */
export interface Linear {
  readonly n: number;
  readonly value: number;
  readonly before: number;
  readonly variance: number;
  readonly beforeVariance: number;
  readonly covariance: number;
  /** a ratio of two means */
  readonly ratio: boolean;
}

/** The unadjusted value of one arm. @returns NaN for value or variance where the units do not suffice */
export function estimate(moments: Moments): Estimate {
  const { n, value, variance } = linear(meansOf(moments), moments.kind);
  return { n, value, variance };
}

/**
 * A metric as a linear function of its means near them: the delta method. For a ratio r = m̄ / d̄ the gradient is (1, −r) / d̄, so
 * Var r ≈ (Var m − 2 r Cov(m, d) + r² Var d) / d̄² (see Deng, Knoblich and Lu, "Applying the Delta Method in Metric
 * Analytics", KDD 2018). Impressions of one viewer are alike, so that a binomial variance over impressions would be far too small.
 */
export function linear({ n, mean, covariance }: Means, kind: Moments['kind']): Linear {
  const ratio = kind.endsWith('ratio'),
    width = ratio ? 2 : 1;
  const [value, gradient] = partOf(mean, covariance, 0, width);
  const variance = form(gradient, covariance, gradient);
  if (!kind.startsWith('regression')) return { n, value, before: 0, variance, beforeVariance: 0, covariance: 0, ratio };
  const [before, old] = partOf(mean, covariance, width, width);
  return { n, value, before, variance, beforeVariance: form(old, covariance, old), covariance: form(gradient, covariance, old), ratio };
}

/** The value of the means from `at` on, and its gradient over all means. */
function partOf(mean: readonly number[], { length }: { readonly length: number }, at: number, width: number): [value: number, gradient: number[]] {
  const gradient = Array.from({ length }, () => 0);
  const [top, bottom] = width === 2 ? [mean[at]!, mean[at + 1]!] : [mean[at]!, 1];
  gradient[at] = 1 / bottom;
  if (width === 2) gradient[at + 1] = -top / bottom ** 2;
  return [top / bottom, gradient];
}

/** aᵀ C b */
const form = (a: readonly number[], c: readonly (readonly number[])[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => (x === 0 ? sum : sum + x * b.reduce((inner, y, j) => (y === 0 ? inner : inner + y * c[i]![j]!), 0)), 0);
