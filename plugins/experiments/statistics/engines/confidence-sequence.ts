import type { EffectMoments } from '../effect.ts';
import type { Comparison, Side } from './engine.ts';
import { around } from './fixed.ts';

/** Units at which the sequence is narrowest where none are named. */
export const TUNING = 5_000;

/** ρ of the mixture that is narrowest at n units: √((−2 ln α + ln(1 − 2 ln α)) / n); one-sided with 2 α. */
export function mixtureRho(alpha: number, units: number, side: Side): number {
  const log = -2 * Math.log(side === 'both' ? alpha : 2 * alpha);
  return Math.sqrt((log + Math.log(log + 1)) / units);
}

/** Half-width in standard errors at n units (Waudby-Smith et al., arXiv:2103.06476, eq. 9; one-sided eq. 134). */
export function sequenceWidth(n: number, rho: number, alpha: number, side: Side): number {
  const grown = n * rho ** 2 + 1;
  const log = side === 'both' ? Math.log(Math.sqrt(grown) / alpha) : Math.log(1 + Math.sqrt(grown) / (2 * alpha));
  return Math.sqrt(((2 * grown) / (n * rho ** 2)) * log);
}

/** Asymptotic confidence sequence: covers the true effect at all looks at once, so that stopping at any of them is fair. */
export function confidenceSequence(moments: EffectMoments, alpha: number, side: Side, tuning = TUNING): Comparison {
  const { effect, standardError, degreesOfFreedom, arms } = moments;
  const n = arms[0].n + arms[1].n,
    rho = mixtureRho(alpha, tuning, side);
  const half = standardError * sequenceWidth(n, rho, alpha, side);
  return { effect, standardError, degreesOfFreedom, interval: around(effect, half, side), pValue: anytimeP(effect / standardError, n, rho, side) };
}

/** The smallest α at which the sequence, with ρ as it is, excludes 0: the inverse of `sequenceWidth`. At most 1. */
function anytimeP(z: number, n: number, rho: number, side: Side): number {
  const grown = n * rho ** 2 + 1;
  const evidence = Math.exp((n * rho ** 2 * z ** 2) / (2 * grown));
  if (side === 'both') return Math.min(1, Math.sqrt(grown) / evidence);
  const towards = side === 'greater' ? z : -z;
  return towards <= 0 ? 1 : Math.min(1, Math.sqrt(grown) / (2 * (evidence - 1)));
}
