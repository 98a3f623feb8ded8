import { normalTwoSided } from '../distributions.ts';
import { ALPHA } from '../engines/engine.ts';

/** The effect among units on one day since their first exposure. */
export interface DayEffect {
  /** days since first exposure, from 0 */
  readonly day: number;
  readonly effect: number;
  readonly standardError: number;
}
export interface Trend {
  readonly intercept: number;
  /** change of the effect a day */
  readonly slope: number;
  readonly z: number;
  readonly pValue: number;
  /** wearing off, growing, or neither to be told from chance */
  readonly kind: 'novelty' | 'learning' | 'steady';
}

/**
 * Whether the effect changes with the days that units are in it: weighted least squares of the daily effect, weights
 * 1 / se² (Hohnhold, O'Brien and Tang, KDD 2015). An effect that falls towards 0 was curiosity and will not last.
 * @returns undefined with fewer than three days
 */
export function trend(days: readonly DayEffect[], alpha = ALPHA): Trend | undefined {
  if (days.length < 3) return undefined;
  const sum = (of: (each: DayEffect) => number): number => days.reduce((total, each) => total + of(each) / each.standardError ** 2, 0);
  const w = sum(() => 1),
    mean = { day: sum(({ day }) => day) / w, effect: sum(({ effect }) => effect) / w };
  const spread = sum(({ day }) => (day - mean.day) ** 2);
  const slope = sum(({ day, effect }) => (day - mean.day) * (effect - mean.effect)) / spread;
  const z = slope * Math.sqrt(spread),
    pValue = normalTwoSided(z),
    intercept = mean.effect - slope * mean.day;
  const fading = slope * Math.sign(mean.effect) < 0;
  return { intercept, slope, z, pValue, kind: pValue >= alpha ? 'steady' : fading ? 'novelty' : 'learning' };
}

/**
 * What units learn over time: (T late − T early) − (C late − C early), of units that were in from the start (Sadeghi et al.,
 * arXiv:2102.12893).
 */
export const learning = (treatment: readonly [early: number, late: number], control: readonly [early: number, late: number]): number =>
  treatment[1] - treatment[0] - (control[1] - control[0]);
