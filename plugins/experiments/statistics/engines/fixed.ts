import { studentLower, studentQuantile, studentTwoSided } from '../distributions.ts';
import type { EffectMoments } from '../effect.ts';
import type { Comparison, Side } from './engine.ts';

/** Welch's t-test (Welch 1947) and its interval, two-sided or one-sided. For one look at the data. */
export function fixed({ effect, standardError, degreesOfFreedom }: EffectMoments, alpha: number, side: Side): Comparison {
  const half = studentQuantile(1 - (side === 'both' ? alpha / 2 : alpha), degreesOfFreedom) * standardError;
  const t = effect / standardError;
  const pValue = side === 'both' ? studentTwoSided(t, degreesOfFreedom) : studentLower(side === 'greater' ? -t : t, degreesOfFreedom);
  return { effect, standardError, degreesOfFreedom, interval: around(effect, half, side), pValue };
}

/** effect ± half, open to one side where the question is one-sided. */
export const around = (effect: number, half: number, side: Side): readonly [number, number] => [
  side === 'less' ? -Infinity : effect - half,
  side === 'greater' ? Infinity : effect + half,
];
