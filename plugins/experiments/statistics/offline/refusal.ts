import { averageWeight, effectiveSample, LoggedSums, type Log } from './off-policy.ts';

/** Below these, an interval of a normal distribution is no longer to be believed. */
const FEWEST_EFFECTIVE = 100;
const FEWEST_SHARE = 0.01;
/** Standard errors by which the average weight, which is 1 when the propensities are right, may be off. */
const WIDEST = 4;

/** Why logged lists cannot tell the value of a policy. */
export type Refusal =
  | { readonly kind: 'too-few'; readonly effective: number; readonly needed: number }
  /** nearly all of the weight lies on few decisions: the new policy does what was hardly ever served */
  | { readonly kind: 'too-different'; readonly effective: number; readonly decisions: number }
  /** the average weight is not 1: what was logged as the chance of a decision was not its chance */
  | { readonly kind: 'wrong-propensities'; readonly averageWeight: number };

/** Nothing where the log suffices; otherwise what is wrong with it. */
export function refusal(log: Log): Refusal | undefined {
  const [effective, n] = [effectiveSample(log), log instanceof LoggedSums ? log.all.n : log.length];
  if (effective < FEWEST_EFFECTIVE && n * FEWEST_SHARE < FEWEST_EFFECTIVE) return { kind: 'too-few', effective, needed: FEWEST_EFFECTIVE };
  if (effective < FEWEST_EFFECTIVE || effective < FEWEST_SHARE * n) return { kind: 'too-different', effective, decisions: n };
  // Of one viewer's decisions all weights go up and down together, so their error is that of sums by viewer, too.
  const { value: average, standardError: error } = averageWeight(log);
  return Math.abs(average - 1) > WIDEST * error + 1e-9 ? { kind: 'wrong-propensities', averageWeight: average } : undefined;
}
