import { adjustedVariance, theta } from './cuped.ts';
import { linear, type Linear } from './estimate.ts';
import { meansOf } from './means.ts';
import type { Moments } from './moments.ts';
import { stratified, type Stratum } from './strata.ts';
import { addAll } from './sums.ts';

/** How an arm differs from the control, with all that an engine needs of it. */
export interface EffectMoments {
  readonly effect: number;
  readonly standardError: number;
  /** Welch–Satterthwaite */
  readonly degreesOfFreedom: number;
  /** units and variance of one unit, on the scale of the effect: standardError² = Σ variance / n */
  readonly arms: readonly [control: UnitVariance, arm: UnitVariance];
  /** the control's metric, unadjusted: turns a relative prior or margin into an absolute one */
  readonly base: number;
  /** whether the effect is (arm − control) / |control| */
  readonly relative: boolean;
  /** of a relative effect of two arms: what it is the quotient of */
  readonly contrast?: Contrast;
}
/** change − δ · base for any δ, and its squared standard error e₀ + e₁ δ + e₂ δ². */
export interface Contrast {
  readonly change: number;
  readonly base: number;
  readonly error: readonly [e0: number, e1: number, e2: number];
}
export interface UnitVariance {
  readonly n: number;
  readonly variance: number;
}

/**
 * Arm minus control, or relative to the control; with CUPED where the moments have a covariate. The variance of the quotient by
 * the delta method: v_b / (m_a² n_b) + v_a m_b² / (m_a⁴ n_a).
 * @returns undefined where an arm has under two units or does not vary, and for a relative effect on a control of zero
 */
export function effectOf(control: Moments, arm: Moments, relative: boolean): EffectMoments | undefined {
  return between(linear(meansOf(control), control.kind), linear(meansOf(arm), arm.kind), theta(control, arm), relative);
}

/** The same with both arms brought to one mix of strata. @throws TypeError without any stratum */
export function stratifiedEffect(strata: readonly Stratum[], relative: boolean): EffectMoments | undefined {
  const [control, arm] = [addAll(strata.map((stratum) => stratum.control)), addAll(strata.map((stratum) => stratum.arm))];
  if (!control || !arm) throw new TypeError('a stratified effect needs at least one stratum');
  const [a, b] = stratified(strata);
  return between(linear(a, control.kind), linear(b, arm.kind), theta(control, arm), relative);
}

function between(a: Linear, b: Linear, by: number, relative: boolean): EffectMoments | undefined {
  const [va, vb] = [adjustedVariance(a, by), adjustedVariance(b, by)];
  if (!(a.n > 1 && b.n > 1 && va > 0 && vb > 0) || (relative && a.value === 0)) return undefined;
  const scale = relative ? Math.abs(a.value) : 1;
  const change = b.value - by * b.before - (a.value - by * a.before);
  // The slope at the control's value: at the adjusted change of a ratio, the unadjusted one of a mean, as the reference does.
  const reached = a.ratio ? a.value + change : b.value;
  const controlVariance = relative ? adjustedVariance(a, by, reached / a.value) : va;
  const arms = [
    { n: a.n, variance: controlVariance / scale ** 2 },
    { n: b.n, variance: vb / scale ** 2 },
  ] as const;
  const standardError = Math.sqrt(arms[0].variance / a.n + arms[1].variance / b.n);
  const degreesOfFreedom = satterthwaite(va / a.n, a.n, vb / b.n, b.n);
  const moments = { effect: change / scale, standardError, degreesOfFreedom, arms, base: a.value, relative };
  if (!relative) return moments;
  const common = (2 * Math.sign(a.value) * (a.variance - by * a.covariance)) / a.n;
  return { ...moments, contrast: { change, base: scale, error: [vb / b.n + va / a.n, common, a.variance / a.n] } };
}

/** Degrees of freedom for arms of unlike squared errors (Welch 1947, Satterthwaite 1946). */
const satterthwaite = (a: number, na: number, b: number, nb: number): number => (a + b) ** 2 / (a ** 2 / (na - 1) + b ** 2 / (nb - 1));
