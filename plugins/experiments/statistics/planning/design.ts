import { sequenceWidth, mixtureRho, TUNING } from '../engines/confidence-sequence.ts';
import { normalPoint } from '../distributions.ts';
import { ALPHA, type Engine } from '../engines/engine.ts';
import { msprtWidth } from '../engines/msprt.ts';

/** A test that is planned: what the control's metric is like, and how the arm will be judged. */
export interface Design {
  readonly engine: Engine;
  /** of the control: the mean, and the variance of one unit (for a share p: p (1 − p)) */
  readonly mean: number;
  readonly variance: number;
  /** share of all units of the experiment that the control and the arm get */
  readonly shares: readonly [control: number, arm: number];
  readonly relative: boolean;
  /** .05 where none is named */
  readonly alpha?: number;
}
/** Power that tests are planned for where none is named. */
export const POWER = 0.8;

/** Units of both arms that are compared. */
export const compared = ({ shares: [control, arm] }: Design, units: number): number => units * (control + arm);

/**
 * The standard error that is to be expected when the true effect is `effect`, both arms of the control's variance. A relative
 * effect has a larger one the larger it is (delta method).
 */
export function expectedError({ mean, variance, shares: [control, arm], relative }: Design, units: number, effect: number): number {
  const [a, b] = [variance / (units * control), variance / (units * arm)];
  return relative ? Math.sqrt(b / mean ** 2 + (a * (1 + effect) ** 2) / mean ** 2) : Math.sqrt(a + b);
}

/** Half-width of the engine's interval in standard errors at the last look. */
export function criticalWidth(design: Design, units: number, effect: number): number {
  const { engine, alpha = ALPHA } = design;
  const z = normalPoint(1 - alpha / 2);
  if (engine.kind === 'confidence-sequence') {
    return sequenceWidth(compared(design, units), mixtureRho(alpha, engine.tuning ?? TUNING, 'both'), alpha, 'both');
  }
  if (engine.kind !== 'msprt') return z;
  const scale = design.relative ? design.mean ** 2 : 1;
  const spread = (design.variance * (1 + (design.relative ? (1 + effect) ** 2 : 1))) / scale;
  return msprtWidth(expectedError(design, units, effect) ** 2, (z ** 2 * spread) / compared(design, units), alpha);
}
