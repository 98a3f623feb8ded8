import { normalLower, normalPoint } from '../distributions.ts';

/**
 * How much of α may be spent up to information t (Lan and DeMets, Biometrika 1983): `power` α t², `obrien-fleming`
 * 2 − 2 Φ(z / √t), which spends next to nothing early, and `pocock` α ln(1 + (e − 1) t), which spends evenly.
 */
export type Spending = 'power' | 'obrien-fleming' | 'pocock';

const functions: Record<Spending, (t: number, alpha: number) => number> = {
  power: (t, alpha) => alpha * t ** 2,
  'obrien-fleming': (t, alpha) => 2 * normalLower(-normalPoint(1 - alpha / 2) / Math.sqrt(t)),
  pocock: (t, alpha) => alpha * Math.log(1 + (Math.E - 1) * t),
};

/** @param t information between 0 and 1, @param alpha of one side */
export const spent = (spending: Spending, t: number, alpha: number): number => functions[spending](Math.min(1, t), alpha);

/**
 * The share of the planned information at each look. When more units came than were planned, the last look is taken as
 * the whole, so that α is not overspent.
 */
export function information(units: readonly number[], planned: number): number[] {
  const whole = Math.max(planned, ...units);
  return units.map((n) => n / whole);
}
