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

/** Inverse propensity scoring: mean of w r (Horvitz and Thompson 1952). Unbiased, and noisy where weights are large. */
export const ips = (log: readonly Logged[], alpha = ALPHA): PolicyValue =>
  averaged(
    log,
    log.map(({ weight, reward }) => weight * reward),
    alpha,
  );

/** Self-normalised: Σ w r / Σ w (Swaminathan and Joachims, NeurIPS 2015), its error by the delta method of a ratio. */
export function snips(log: readonly Logged[], alpha = ALPHA): PolicyValue {
  const weights = mean(log.map(({ weight }) => weight));
  const value = mean(log.map(({ weight, reward }) => weight * reward)) / weights;
  const { standardError } = averaged(
    log,
    log.map(({ weight, reward }) => (weight * (reward - value)) / weights),
    alpha,
  );
  return around(value, standardError, alpha);
}

/**
 * Doubly robust: mean of q̂(π) + w (r − q̂) (Dudík, Langford and Li, ICML 2011). Unbiased where the propensities or the model is
 * right, and less noisy the better the model.
 */
export const doublyRobust = (log: readonly Logged[], alpha = ALPHA): PolicyValue =>
  averaged(
    log,
    log.map(({ weight, reward, predicted = 0, expected = 0 }) => expected + weight * (reward - predicted)),
    alpha,
  );

/** (Σ w)² / Σ w²: as many equally weighted decisions would tell as much (Kish 1965). */
export function effectiveSample(log: readonly Logged[]): number {
  const [sum, squares] = log.reduce(([s, q], { weight }) => [s + weight, q + weight ** 2], [0, 0]);
  return squares === 0 ? 0 : sum! ** 2 / squares!;
}

/** How much better than what was served: (V − r̄) / r̄, with its error from the same decisions, pair by pair. */
export function expectedLift(log: readonly Logged[], alpha = ALPHA): PolicyValue {
  const served = mean(log.map(({ reward }) => reward));
  const { value } = ips(log, alpha);
  const parts = log.map(({ weight, reward }) => (weight * reward - value) / served - ((reward - served) * value) / served ** 2);
  return around(value / served - 1, averaged(log, parts, alpha).standardError, alpha);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The error from the sums of each viewer (Liang and Zeger 1986); with one decision a viewer it is the usual one. */
function averaged(log: readonly Logged[], values: readonly number[], alpha: number): PolicyValue {
  const [value, n] = [mean(values), values.length],
    sums = new Map<number, number>();
  values.forEach((each, i) => {
    const viewer = log[i]!.viewer ?? -1 - i;
    sums.set(viewer, (sums.get(viewer) ?? 0) + each - value);
  });
  const squares = [...sums.values()].reduce((sum, each) => sum + each ** 2, 0);
  return around(value, Math.sqrt((squares * sums.size) / (sums.size - 1)) / n, alpha);
}

function around(value: number, standardError: number, alpha: number): PolicyValue {
  const half = normalPoint(1 - alpha / 2) * standardError;
  return { value, standardError, interval: [value - half, value + half] };
}
