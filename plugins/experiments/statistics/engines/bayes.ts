import { normalDensity, normalLower, normalPoint } from '../distributions.ts';
import type { EffectMoments } from '../effect.ts';
import type { Comparison, Prior } from './engine.ts';

/** So many posterior standard deviations from 0, the smaller risk is 0 in double precision. */
const CERTAIN = 37;

/**
 * Normal posterior of the effect: precision 1/se² + 1/prior variance, mean weighed by them; without a prior, the flat one.
 * Its interval is a credible one: it is not safe to look early and stop at a good one.
 */
export function bayes(moments: EffectMoments, alpha: number, inverse: boolean, prior?: Prior): Comparison {
  const { mean, deviation } = posterior(moments, prior);
  const half = normalPoint(1 - alpha / 2) * deviation;
  const losing = normalLower(-mean / deviation);
  const [control, arm] = expectedLoss(mean, deviation);
  return {
    effect: mean,
    standardError: deviation,
    degreesOfFreedom: moments.degreesOfFreedom,
    interval: [mean - half, mean + half],
    pValue: undefined,
    chanceToWin: inverse ? losing : 1 - losing,
    risk: inverse ? [arm, control] : [control, arm],
  };
}

/** What the data and the prior together say of the effect. A prior is of the relative effect, and rescaled for an absolute one. */
export function posterior(
  { effect, standardError, base, relative }: EffectMoments,
  prior?: Prior,
): { readonly mean: number; readonly deviation: number } {
  if (!prior) return { mean: effect, deviation: standardError };
  const scale = relative ? 1 : Math.abs(base);
  const [mean, variance] = [prior.mean * scale, prior.variance * scale ** 2];
  const precision = 1 / standardError ** 2 + 1 / variance;
  return { mean: (effect / standardError ** 2 + mean / variance) / precision, deviation: Math.sqrt(1 / precision) };
}

/** E max(X, 0) and E max(−X, 0) of a normal X: what is lost by staying with the control, and by taking the arm. */
export function expectedLoss(mean: number, deviation: number): readonly [control: number, arm: number] {
  const z = mean / deviation;
  if (Math.abs(z) > CERTAIN) return [Math.max(mean, 0), Math.max(-mean, 0)];
  const above = deviation * normalDensity(z);
  return [above + mean * normalLower(z), above - mean * normalLower(-z)];
}
