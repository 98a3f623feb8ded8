import { normalDensity, normalLower } from '../distributions.ts';

/** What is known of an arm's metric: a normal distribution. */
export interface Belief {
  readonly mean: number;
  readonly deviation: number;
}
/** How far and how finely densities are integrated, in standard deviations. */
const REACH = 8;
const STEPS = 2_000;

/**
 * The probability of each arm to be the best: ∫ φ_i(x) Π_{j≠i} Φ_j(x) dx, by Simpson's rule rather than by drawing, so that the
 * same data give the same shares.
 */
export const bestChances = (beliefs: readonly Belief[]): number[] => beliefs.map((belief, i) => over(belief, (x) => below(x, beliefs, i)));

/** The probability of each arm to be the second best: best but for one. */
export const secondChances = (beliefs: readonly Belief[]): number[] =>
  beliefs.map((belief, i) =>
    over(belief, (x) => beliefs.reduce((sum, other, k) => (k === i ? sum : sum + (1 - lower(other, x)) * below(x, beliefs, i, k)), 0)),
  );

const lower = ({ mean, deviation }: Belief, x: number): number => normalLower((x - mean) / deviation);

/** P(all arms but those named are below x). */
const below = (x: number, beliefs: readonly Belief[], ...but: number[]): number =>
  beliefs.reduce((product, belief, j) => (but.includes(j) ? product : product * lower(belief, x)), 1);

/** E f(X) for X as believed. */
function over({ mean, deviation }: Belief, f: (x: number) => number): number {
  const step = (2 * REACH) / STEPS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const z = -REACH + i * step;
    sum += (i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2) * normalDensity(z) * f(mean + z * deviation);
  }
  return (sum * step) / 3;
}
