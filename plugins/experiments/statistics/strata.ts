import type { Means } from './means.ts';
import { meansOf } from './means.ts';
import type { SumMoments } from './moments.ts';
import { add, addAll } from './sums.ts';

/** One segment of the units, such as new viewers: its two arms. */
export interface Stratum<M extends SumMoments = SumMoments> {
  readonly control: M;
  readonly arm: M;
}
/** A stratum needs so many units in each arm to be weighed on its own; smaller ones are put together. */
const FEWEST_UNITS = 20;

/**
 * Post-stratification (Miratrix, Sekhon and Yu, JRSS B 2013): the means of each arm as if both had the same mix of strata.
 * Mean Σ w_s m_s, covariance of the mean Σ w_s² C_s / n_s, with the share w_s of all units. For a ratio numerator and
 * denominator are weighed each, so that it stays the ratio of the whole.
 */
export function stratified(strata: readonly Stratum[]): readonly [control: Means, arm: Means] {
  const kept = withEnough(strata);
  const units = kept.map(({ control, arm }) => control.n + arm.n);
  const total = units.reduce((sum, n) => sum + n, 0);
  const weights = units.map((n) => n / total);
  return [
    weigh(
      kept.map(({ control }) => meansOf(control)),
      weights,
    ),
    weigh(
      kept.map(({ arm }) => meansOf(arm)),
      weights,
    ),
  ];
}

/** Strata without enough units become one; where that is too small as well, it joins the smallest that is not. */
function withEnough(strata: readonly Stratum[]): readonly Stratum[] {
  const enough = ({ control, arm }: Stratum): boolean => control.n >= FEWEST_UNITS && arm.n >= FEWEST_UNITS;
  const small = strata.filter((stratum) => !enough(stratum));
  const large = strata.filter(enough).sort((a, b) => a.control.n + a.arm.n - (b.control.n + b.arm.n));
  if (small.length === 0) return large;
  const rest: Stratum = { control: addAll(small.map(({ control }) => control))!, arm: addAll(small.map(({ arm }) => arm))! };
  const [smallest, ...others] = large;
  if (enough(rest) || !smallest) return [rest, ...large];
  return [{ control: add(smallest.control, rest.control), arm: add(smallest.arm, rest.arm) }, ...others];
}

function weigh(strata: readonly Means[], weights: readonly number[]): Means {
  const n = strata.reduce((sum, stratum) => sum + stratum.n, 0);
  const total = (of: (stratum: Means, weight: number) => number): number => strata.reduce((sum, stratum, s) => sum + of(stratum, weights[s]!), 0);
  const { mean } = strata[0]!;
  return {
    n,
    mean: mean.map((_, i) => total((stratum, weight) => weight * stratum.mean[i]!)),
    covariance: mean.map((_, i) => mean.map((__, j) => total((stratum, weight) => (n * weight ** 2 * stratum.covariance[i]![j]!) / stratum.n))),
  };
}
