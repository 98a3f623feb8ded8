import type { Contrast } from '../effect.ts';

/**
 * The interval of a relative effect δ by what is left of the difference when δ times the control is taken off, change − δ base, whose error at
 * each δ is known (Fieller, JRSS B 1954). It excludes 0 exactly when the interval of the difference does, unless the control may be zero. The delta method's is symmetric
 * around the effect, and far too sure of an arm with few successes: the fewer it has, the smaller it takes the error to be.
 * @param width in standard errors, to each side
 * @returns without end where the control may be zero
 */
export function fieller({ change, base, error: [e0, e1, e2] }: Contrast, width: number): readonly [low: number, high: number] {
  const w = width ** 2,
    [a, b, c] = [base ** 2 - w * e2, -2 * change * base - w * e1, change ** 2 - w * e0];
  if (a <= 0) return [-Infinity, Infinity];
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c));
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}
