import { normalPoint, normalTwoSided } from '../distributions.ts';
import type { EffectMoments } from '../effect.ts';
import type { Comparison } from './engine.ts';

/**
 * Mixture sequential probability ratio test (Johari et al. 2017; the mixing variance of Zhao et al., arXiv:1905.10493):
 * V = squared error, τ = z²(v_a + v_b) / (n_a + n_b), Z* = √((V + τ) / τ · (−2 ln(α/2) − ln(V / (V + τ)))). Two-sided.
 */
export function msprt({ effect, standardError, degreesOfFreedom, arms: [a, b] }: EffectMoments, alpha: number): Comparison {
  const z = normalPoint(1 - alpha / 2);
  const width = msprtWidth(standardError ** 2, (z ** 2 * (a.variance + b.variance)) / (a.n + b.n), alpha);
  const half = width * standardError;
  const pValue = normalTwoSided((effect / standardError) * (z / width));
  return { effect, standardError, degreesOfFreedom, interval: [effect - half, effect + half], pValue };
}

/** Half-width in standard errors. */
export const msprtWidth = (v: number, tau: number, alpha: number): number =>
  Math.sqrt(((v + tau) / tau) * (-2 * Math.log(alpha / 2) - Math.log(v / (v + tau))));

/** Two-sided normal mixture of a sum of variance v (Howard et al., arXiv:1810.08240, prop. 5), the form behind both anytime engines. */
export const normalMixture = {
  /** ln of the evidence that a sum s of variance v gives against 0 */
  logEvidence: (s: number, v: number, rho: number): number => 0.5 * Math.log(rho / (v + rho)) + s ** 2 / (2 * (v + rho)),
  /** the sum that is crossed with probability α at most, at any time */
  bound: (v: number, rho: number, alpha: number): number => Math.sqrt((v + rho) * Math.log((v + rho) / (rho * alpha ** 2))),
  /** ρ that is tightest at variance v */
  bestRho: (v: number, alpha: number): number => v / (2 * Math.log(1 / alpha) + Math.log(1 + 2 * Math.log(1 / alpha))),
};
