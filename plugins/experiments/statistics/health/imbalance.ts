import { holm } from '../multiple.ts';
import { sampleRatio, SRM_ALPHA, type ArmSize } from '../srm.ts';

/** Units that were first exposed on one day. */
export interface DaySizes {
  readonly day: string;
  readonly arms: readonly ArmSize[];
}

/**
 * The days on which the arms' sizes are not what the shares let expect. A split can be right on the whole and wrong on the
 * day of a release. Over all days together (Holm) a false alarm comes in one of a thousand experiments.
 */
export function unevenDays(days: readonly DaySizes[]): string[] {
  const found = days.map(({ arms }) => sampleRatio(arms));
  const corrected = holm(found.map(({ enough, pValue }) => (enough ? pValue : 1)));
  return days.filter((_, i) => corrected[i]! < SRM_ALPHA).map(({ day }) => day);
}

/** Multiple exposure: so many units in more than one arm that effects are blurred. */
const FEWEST_MULTIPLE = { share: 0.01, units: 10 };

/** @param units of the experiment, those in several arms included */
export const tooManyMultiple = (multiple: number, units: number): boolean =>
  multiple >= FEWEST_MULTIPLE.units && multiple >= FEWEST_MULTIPLE.share * units;
