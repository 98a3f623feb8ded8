import { studentQuantile, studentTwoSided } from './distributions.ts';
import { estimate } from './moments.ts';
import type { Estimate, Moments } from './moments.ts';

export interface Effect {
  readonly effect: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** covers the true effect with probability 1 − α */
  readonly interval: readonly [low: number, high: number];
  /** two-sided, of no effect */
  readonly pValue: number;
}

/** Type I error rate where none is named. */
export const ALPHA = 0.05;

/** Treatment minus control by Welch's t-test. Undefined where an arm has under two units or does not vary. */
export function difference(control: Moments, treatment: Moments, alpha = ALPHA): Effect | undefined {
  const [a, b] = [estimate(control), estimate(treatment)];
  return welch(a, b, b.value - a.value, a.variance / a.n + b.variance / b.n, alpha);
}

/**
 * (treatment − control) / |control|; .05 means 5 % more. Its variance is that of the quotient by the delta method:
 * v_b / (m_a² n_b) + v_a m_b² / (m_a⁴ n_a). Undefined where `difference` is, and for a control of zero.
 */
export function relativeLift(control: Moments, treatment: Moments, alpha = ALPHA): Effect | undefined {
  const [a, b] = [estimate(control), estimate(treatment)];
  if (a.value === 0) return undefined;
  const variance = b.variance / (a.value ** 2 * b.n) + (a.variance * b.value ** 2) / (a.value ** 4 * a.n);
  return welch(a, b, (b.value - a.value) / Math.abs(a.value), variance, alpha);
}

function welch(a: Estimate, b: Estimate, effect: number, squaredError: number, alpha: number): Effect | undefined {
  if (!(a.n > 1 && b.n > 1 && a.variance > 0 && b.variance > 0)) return undefined;
  const degreesOfFreedom = satterthwaite(a, b);
  const standardError = Math.sqrt(squaredError);
  const half = studentQuantile(1 - alpha / 2, degreesOfFreedom) * standardError;
  const pValue = studentTwoSided(effect / standardError, degreesOfFreedom);
  return { effect, standardError, degreesOfFreedom, interval: [effect - half, effect + half], pValue };
}

/** Degrees of freedom for arms of unlike variance (Welch 1947, Satterthwaite 1946). */
function satterthwaite(a: Estimate, b: Estimate): number {
  const [va, vb] = [a.variance / a.n, b.variance / b.n];
  return (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
}
