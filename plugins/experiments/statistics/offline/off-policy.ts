import { normalPoint } from '../distributions.ts';
import { ALPHA } from '../engines/engine.ts';

/** One logged decision, seen with the policy that is to be judged. */
export interface Logged {
  /** chance of the action under the new policy over its chance when it was served */
  readonly weight: number;
  readonly reward: number;
  /** who it was made for: the decisions for one viewer are not independent. Without it, each is for another one. */
  readonly viewer?: number;
  /** the reward that a model expects of the action, and on average over what the new policy would do; for `doublyRobust` */
  readonly predicted?: number;
  readonly expected?: number;
}
export interface PolicyValue {
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [low: number, high: number];
}

/** What estimates need of the decisions for one viewer: their number, and sums of w, r, w r and q̂(π) + w (r − q̂). */
interface Sums {
  n: number;
  w: number;
  r: number;
  wr: number;
  dr: number;
}
const noSums = (): Sums => ({ n: 0, w: 0, r: 0, wr: 0, dr: 0 });

/** A log as sums over each viewer's decisions: it can be added to bit by bit, and estimates from it are quick. */
export class LoggedSums {
  readonly all = noSums();
  readonly viewers = new Map<number, Sums>();
  /** Σ w² */
  squares = 0;

  add(decision: Logged): void {
    const viewer = decision.viewer ?? -1 - this.all.n;
    let own = this.viewers.get(viewer);
    if (!own) this.viewers.set(viewer, (own = noSums()));
    addTo(own, decision);
    addTo(this.all, decision);
    this.squares += decision.weight ** 2;
  }
}
function addTo(sums: Sums, { weight, reward, predicted = 0, expected = 0 }: Logged): void {
  sums.n++;
  sums.w += weight;
  sums.r += reward;
  sums.wr += weight * reward;
  sums.dr += expected + weight * (reward - predicted);
}

export type Log = readonly Logged[] | LoggedSums;
function sumsOf(log: Log): LoggedSums {
  if (log instanceof LoggedSums) return log;
  const sums = new LoggedSums();
  for (const decision of log) sums.add(decision);
  return sums;
}

/** Inverse propensity scoring: mean of w r (Horvitz and Thompson 1952). Unbiased, and noisy where weights are large. */
export const ips = (log: Log, alpha = ALPHA): PolicyValue => meanOf(log, 'wr', alpha);

/** The mean of w, which is 1 where the logged chances are right. */
export const averageWeight = (log: Log, alpha = ALPHA): PolicyValue => meanOf(log, 'w', alpha);

/**
 * Doubly robust: mean of q̂(π) + w (r − q̂) (Dudík, Langford and Li, ICML 2011). Unbiased where the propensities or the model is
 * right, and less noisy the better the model.
 */
export const doublyRobust = (log: Log, alpha = ALPHA): PolicyValue => meanOf(log, 'dr', alpha);

function meanOf(log: Log, of: 'w' | 'wr' | 'dr', alpha: number): PolicyValue {
  const sums = sumsOf(log),
    value = sums.all[of] / sums.all.n;
  return around(
    value,
    errorOf(sums, (own) => own[of] - own.n * value),
    alpha,
  );
}

/** Self-normalised: Σ w r / Σ w (Swaminathan and Joachims, NeurIPS 2015), its error by the delta method of a ratio. */
export function snips(log: Log, alpha = ALPHA): PolicyValue {
  const sums = sumsOf(log),
    { n, w, wr } = sums.all,
    value = wr / w;
  return around(
    value,
    errorOf(sums, (own) => (own.wr - value * own.w) / (w / n)),
    alpha,
  );
}

/** (Σ w)² / Σ w²: as many equally weighted decisions would tell as much (Kish 1965). */
export function effectiveSample(log: Log): number {
  const { all, squares } = sumsOf(log);
  return squares === 0 ? 0 : all.w ** 2 / squares;
}

export interface Lift extends PolicyValue {
  /** the estimate of V that it comes from */
  readonly by: 'ips' | 'doublyRobust';
}

/**
 * How much better than what was served: (V − r̄) / r̄, with its error from the same decisions, pair by pair. V is the doubly
 * robust estimate, or that of inverse propensities where its error is the smaller share of it: both are right on average. A share,
 * since an estimate that came out too low by chance has the smaller error, too.
 */
export function expectedLift(log: Log, alpha = ALPHA): Lift {
  const sums = sumsOf(log);
  const [plain, robust] = [liftBy(sums, 'wr', alpha), liftBy(sums, 'dr', alpha)];
  return shareOf(robust) < shareOf(plain) ? { ...robust, by: 'doublyRobust' } : { ...plain, by: 'ips' };
}
const shareOf = ({ value, standardError }: PolicyValue): number => (value > -1 ? standardError / (1 + value) : Infinity);

function liftBy(sums: LoggedSums, of: 'wr' | 'dr', alpha: number): PolicyValue {
  const served = sums.all.r / sums.all.n,
    value = sums.all[of] / sums.all.n;
  const error = errorOf(sums, (own) => (own[of] - own.n * value) / served - ((own.r - own.n * served) * value) / served ** 2);
  return around(value / served - 1, error, alpha);
}

/** From the sums of each viewer (Liang and Zeger 1986); with one decision a viewer it is the usual one. */
function errorOf({ all, viewers }: LoggedSums, partOf: (own: Sums) => number): number {
  let squares = 0;
  for (const own of viewers.values()) squares += partOf(own) ** 2;
  return Math.sqrt((squares * viewers.size) / (viewers.size - 1)) / all.n;
}

function around(value: number, standardError: number, alpha: number): PolicyValue {
  const half = normalPoint(1 - alpha / 2) * standardError;
  return { value, standardError, interval: [value - half, value + half] };
}
