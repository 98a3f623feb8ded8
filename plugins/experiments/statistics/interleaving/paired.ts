import type { EffectMoments } from '../effect.ts';

/** Sums over viewers of whom each was counted under both arms at once: a for the arm, b for the control. */
export interface PairSums {
  readonly n: number;
  readonly a: number;
  readonly b: number;
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}

/**
 * ln (Σa / Σb): how much more the arm's films got than the control's, in the same lists of the same viewers; exp(x) − 1 of it and
 * of its bounds is the lift. One sample of pairs by the delta method, so that what the two have in common in a viewer takes
 * itself out; on the logarithm, because acts may be few, and a quotient of few is skewed (Katz and others, Biometrics 1978).
 * Half an act is added to either side, as for odds of small tables (Haldane 1956), so that none at all is not minus infinity.
 * @returns undefined with fewer than two viewers, or where nobody did anything
 */
export function pairedLogRatio({ n, a, b, aa, ab, bb }: PairSums): EffectMoments | undefined {
  if (n < 2 || a + b === 0) return undefined;
  const [top, bottom] = [a + 0.5, b + 0.5];
  const varied = (aa + 0.5 - a ** 2 / n) / top ** 2 + (bb + 0.5 - b ** 2 / n) / bottom ** 2 - (2 * (ab - (a * b) / n)) / (top * bottom);
  return onePaired(Math.log(top / bottom), (n * varied * n) / (n - 1), n, b / n);
}

/** (Σa − Σb) / n, on the scale of the acts. @returns undefined with fewer than two viewers or without any variation */
export function pairedDifference({ n, a, b, aa, ab, bb }: PairSums): EffectMoments | undefined {
  const effect = (a - b) / n,
    variance = (aa - 2 * ab + bb - n * effect ** 2) / (n - 1);
  return n > 1 && variance > 0 ? onePaired(effect, variance, n, b / n) : undefined;
}

const onePaired = (effect: number, variance: number, n: number, base: number): EffectMoments => ({
  effect,
  standardError: Math.sqrt(variance / n),
  degreesOfFreedom: n - 1,
  arms: [
    { n: 0, variance: 0 },
    { n, variance },
  ],
  base,
  relative: false,
});
