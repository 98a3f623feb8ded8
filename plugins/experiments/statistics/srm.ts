import { chiSquareUpper } from './distributions.ts';

/** Sample ratio mismatch: the arms' sizes are not what the shares let expect, so something loses or doubles units. */
export interface SampleRatio {
  readonly chiSquare: number;
  readonly pValue: number;
  /** units enough for the test to say anything */
  readonly enough: boolean;
  /** p below .001, and enough units to say so: results should not be trusted */
  readonly alarm: boolean;
}
export interface ArmSize {
  readonly units: number;
  /** wanted share of the traffic; in proportion, they need not sum to 1 */
  readonly share: number;
}

/** p below which the split is taken as broken. */
export const SRM_ALPHA = 0.001;
/** An average over the arms: an arm that gets nobody at all must raise the alarm too. */
const FEWEST_UNITS_AN_ARM = 8;

/** Pearson's chi-square test of the arms' sizes. No units at all agree with everything. */
export function sampleRatio(arms: readonly ArmSize[]): SampleRatio {
  const open = arms.filter(({ units, share }) => share > 0 || units > 0);
  const units = open.reduce((sum, arm) => sum + arm.units, 0);
  const shares = open.reduce((sum, arm) => sum + arm.share, 0);
  if (units === 0 || open.length < 2) return { chiSquare: 0, pValue: 1, enough: false, alarm: false };
  const chiSquare = open.reduce((sum, arm) => {
    const expected = (units * arm.share) / shares;
    return sum + (arm.units - expected) ** 2 / expected;
  }, 0);
  const pValue = chiSquareUpper(chiSquare, open.length - 1);
  const enough = units >= FEWEST_UNITS_AN_ARM * open.length;
  return { chiSquare, pValue, enough, alarm: enough && pValue < SRM_ALPHA };
}
