import { evenBinomialTwoSided, normalTwoSided, studentQuantile, studentTwoSided } from '../distributions.ts';
import { ALPHA } from '../engines/engine.ts';
import { wilson } from '../wilson.ts';

/** Viewers who clicked more films of a, more of b, and as many of either (none included). */
export interface Wins {
  readonly a: number;
  readonly b: number;
  readonly ties: number;
}
export interface Preference {
  /** (wins of a + ties / 2) / viewers − ½: above 0 where a is preferred (Chapelle et al., TOIS 2012) */
  readonly delta: number;
  /** share of a among viewers who prefer one, with Wilson's interval */
  readonly share: number;
  readonly interval: readonly [low: number, high: number];
  /** exact sign test of no preference, two-sided */
  readonly pValue: number;
  /** its normal approximation */
  readonly z: number;
  readonly normalP: number;
}

/** One win a viewer, however many lists: viewers are independent, lists of one viewer are not. */
export function winsOf(viewers: Iterable<readonly [a: number, b: number]>): Wins {
  const wins = { a: 0, b: 0, ties: 0 };
  for (const [a, b] of viewers) wins[a > b ? 'a' : b > a ? 'b' : 'ties']++;
  return wins;
}

/** Which of two interleaved lists viewers prefer. NaN in place of what nobody's preference tells. */
export function preference({ a, b, ties }: Wins, alpha = ALPHA): Preference {
  const [n, decided] = [a + b + ties, a + b];
  const z = decided === 0 ? 0 : (a - b) / Math.sqrt(decided);
  return {
    delta: (a + ties / 2) / n - 0.5,
    share: a / decided,
    interval: wilson(a, decided, alpha),
    pValue: evenBinomialTwoSided(a, decided),
    z,
    normalP: normalTwoSided(z),
  };
}

/** Sums over viewers of the difference in credit, a − b, each viewer's own total scaled to between −1 and 1. */
export interface CreditSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** (a − b) / (a + b) of each viewer, 0 for one without a click: nobody counts more by clicking more. */
export function creditSums(viewers: Iterable<readonly [a: number, b: number]>): CreditSums {
  let [n, sum, squares] = [0, 0, 0];
  for (const [a, b] of viewers) {
    const difference = a + b === 0 ? 0 : (a - b) / (a + b);
    n++;
    sum += difference;
    squares += difference ** 2;
  }
  return { n, sum, squares };
}

export interface CreditTest {
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
  readonly pValue: number;
}

/** Student's t-test of the average difference in credit. Undefined with fewer than two viewers or without any variation. */
export function creditTest({ n, sum, squares }: CreditSums, alpha = ALPHA): CreditTest | undefined {
  const [mean, variance] = [sum / n, (squares - sum ** 2 / n) / (n - 1)];
  if (!(n > 1 && variance > 0)) return undefined;
  const error = Math.sqrt(variance / n);
  const half = studentQuantile(1 - alpha / 2, n - 1) * error;
  return { mean, interval: [mean - half, mean + half], pValue: studentTwoSided(mean / error, n - 1) };
}
