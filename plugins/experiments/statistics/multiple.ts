import { normalPoint } from './distributions.ts';

/** How p-values of one family (metrics × arms) are corrected. */
export type Correction = 'holm' | 'benjamini-hochberg';

/**
 * Adjusted p-values in the order given. Holm (1979) holds the chance of any false win to α; Benjamini and Hochberg (1995)
 * the share of false wins among the wins.
 */
export const adjust = (correction: Correction, pValues: readonly number[]): number[] =>
  correction === 'holm' ? holm(pValues) : benjaminiHochberg(pValues);

/** The i-th smallest p times (m − i), never below the ones before it. */
export function holm(pValues: readonly number[]): number[] {
  const m = pValues.length;
  let least = 0;
  return inOrder(pValues, (p, i) => (least = Math.max(least, Math.min(1, p * (m - i)))));
}

/** The i-th smallest p times m / i, never above the ones after it. */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const m = pValues.length;
  let most = 1;
  return inOrder(pValues, (p, i) => (most = Math.min(most, (p * m) / (i + 1))), true);
}

/** Goes through the p-values from the smallest (or the largest), and gives the results in the order of the p-values. */
function inOrder(pValues: readonly number[], each: (p: number, rank: number) => number, descending = false): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const ranks = order.map((at, rank) => [at, rank] as const);
  const results = pValues.map(() => 0);
  for (const [at, rank] of descending ? ranks.reverse() : ranks) results[at] = each(pValues[at]!, rank);
  return results;
}

/**
 * The interval of one of a family of so many questions that agrees with its adjusted p-value. Of a question that is open, Bonferroni's,
 * which holds the truth of all of them at once (1 − α / m each): the one with this p would be endless where p nears 1, and say nothing.
 */
export function familyInterval(
  effect: number,
  [low, high]: readonly [number, number],
  adjustedP: number,
  { alpha, family }: { readonly alpha: number; readonly family: number },
): readonly [number, number] {
  if (adjustedP < alpha) return adjustedInterval(effect, [low, high], adjustedP, alpha);
  const wider = normalPoint(1 - alpha / family / 2) / normalPoint(1 - alpha / 2),
    interval = [effect - (effect - low) * wider, effect + (high - effect) * wider] as const;
  return interval[0] <= 0 && interval[1] >= 0 ? interval : adjustedInterval(effect, [low, high], adjustedP, alpha);
}

/** Beyond this nothing is known of the effect any more. */
const NOTHING_KNOWN = 0.999999;

/**
 * The interval that agrees with an adjusted p-value: as wide as that of an effect with this p. It never gets narrower than
 * the unadjusted one.
 */
export function adjustedInterval(effect: number, interval: readonly [number, number], adjustedP: number, alpha: number): readonly [number, number] {
  if (adjustedP > NOTHING_KNOWN) return [-Infinity, Infinity];
  const deviation = Math.abs(effect / normalPoint(1 - adjustedP / 2));
  const half = normalPoint(1 - alpha / 2) * deviation;
  return [Math.min(interval[0], effect - half), Math.max(interval[1], effect + half)];
}
