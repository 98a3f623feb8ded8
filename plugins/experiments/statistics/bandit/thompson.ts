import { estimate } from '../estimate.ts';
import type { Moments } from '../moments.ts';
import { bestChances, secondChances, type Belief } from './best.ts';

export interface Allocation {
  /** least share of each arm, so that none is given up for good and its effect stays measurable */
  readonly floor: number;
  /** half of the traffic goes by the chance to be second best, which finds the best arm sooner (top-two Thompson sampling, Russo 2016) */
  readonly topTwo: boolean;
  /** the metric is better when it falls */
  readonly inverse?: boolean;
}
export interface Shares {
  /** share of the traffic of each arm; undefined while an arm has too few units, and the shares stay as they are */
  readonly shares: readonly number[] | undefined;
  readonly beliefs: readonly Belief[];
  /** probability of each arm to be the best */
  readonly best: readonly number[];
}
/** Units that each arm needs before shares move. */
export const FEWEST_UNITS = 100;

/** Thompson sampling (1933) with normal posteriors under a flat prior: an arm's share is its probability to be the best. */
export function thompson(arms: readonly Moments[], { floor, topTwo, inverse = false }: Allocation): Shares {
  const beliefs = arms.map((arm) => beliefOf(arm));
  const better = inverse ? beliefs.map(({ mean, deviation }) => ({ mean: -mean, deviation })) : beliefs;
  if (arms.some(({ n }, i) => n < FEWEST_UNITS || !(beliefs[i]!.deviation > 0))) return { shares: undefined, beliefs, best: [] };
  const best = bestChances(better);
  const second = topTwo && arms.length > 1 ? secondChances(better) : best;
  return {
    shares: withFloor(
      best.map((chance, i) => (chance + second[i]!) / 2),
      floor,
    ),
    beliefs,
    best,
  };
}

function beliefOf(arm: Moments): Belief {
  const { n, value, variance } = estimate(arm);
  return { mean: value, deviation: Math.sqrt(variance / n) };
}

/** f + (1 − K f) w: every arm keeps the floor. Equal shares where the floors take everything. */
export function withFloor(weights: readonly number[], floor: number): number[] {
  const [least, k] = [Math.max(0, floor), weights.length];
  return weights.map((weight) => (k * least >= 1 ? 1 / k : least + (1 - k * least) * weight));
}
