import { normalDensity, normalLower } from '../distributions.ts';

/** What is known of an arm's metric: a normal distribution. */
export interface Belief {
  readonly mean: number;
  readonly deviation: number;
}
/** How far densities are integrated, in standard deviations, and how finely: of their own, and of the narrowest one. */
const REACH = 8;
const FINENESS = { own: 0.1, narrowest: 0.2 };

/**
 * The probability of each arm to be the best: ∫ φ_i(x) Π_{j≠i} Φ_j(x) dx, by Simpson's rule rather than by drawing, so that the
 * same data give the same shares.
 */
export function bestChances(beliefs: readonly Belief[]): number[] {
  const finest = narrowest(beliefs);
  return beliefs.map((belief, i) => over(belief, finest, (x) => below(x, beliefs, i)));
}

/** The probability of each arm to be the second best: best but for one. */
export function secondChances(beliefs: readonly Belief[]): number[] {
  const finest = narrowest(beliefs);
  const but = (x: number, i: number): number =>
    beliefs.reduce((sum, other, k) => (k === i ? sum : sum + (1 - lower(other, x)) * below(x, beliefs, i, k)), 0);
  return beliefs.map((belief, i) => over(belief, finest, (x) => but(x, i)));
}

const narrowest = (beliefs: readonly Belief[]): number => Math.min(...beliefs.map(({ deviation }) => deviation));
const lower = ({ mean, deviation }: Belief, x: number): number => normalLower((x - mean) / deviation);

/** P(all arms but those named are below x). */
const below = (x: number, beliefs: readonly Belief[], ...but: number[]): number =>
  beliefs.reduce((product, belief, j) => (but.includes(j) ? product : product * lower(belief, x)), 1);

/** E f(X) for X as believed, where f changes no faster than a distribution with the deviation `finest`. */
function over({ mean, deviation }: Belief, finest: number, f: (x: number) => number): number {
  const steps = 2 * Math.ceil(REACH / Math.min(FINENESS.own, (FINENESS.narrowest * finest) / deviation)),
    step = (2 * REACH) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const z = -REACH + i * step;
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * normalDensity(z) * f(mean + z * deviation);
  }
  return (sum * step) / 3;
}
