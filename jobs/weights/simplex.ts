import { normal, type Random } from '../../math/random.ts';
import type { Weights } from './task.ts';

/** The same proportions with sum 1. */
export function scaled(weights: Weights): Weights {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : weights.map(() => 1 / weights.length);
}

/** With two digits, which are all that the data tell. */
export const rounded = (weights: Weights): Weights => weights.map((weight) => Math.round(weight * 100) / 100);

/** One algorithm alone. */
export const unit = (n: number, i: number): Weights => Float64Array.from({ length: n }, (_, at) => Number(at === i));

/** Uniform on the simplex (a Dirichlet distribution with all parameters 1). */
export const fromSimplex = (n: number, random: Random): Weights => scaled(Float64Array.from({ length: n }, () => -Math.log(1 - random())));

const spread = 0.5,
  /** what an algorithm without weight is tried with, as a fraction of the sum of all */
  first = 0.1;

/** Weights near these: each by a factor of its own; one without weight gets some now and then, and one with weight loses it. */
export const nudged = (weights: Weights, random: Random): Weights =>
  scaled(
    weights.map((weight) => {
      const turned = random() < 1 / weights.length;
      if (weight === 0) return turned ? first * random() : 0;
      return turned ? 0 : weight * Math.exp(spread * normal(random));
    }),
  );

const factors = [0, 0.4, 0.7, 1.4, 2.5] as const;

/** Weights that differ in one place. */
export function neighbours(weights: Weights, i: number): Weights[] {
  const alone = weights.every((weight, at) => at === i || weight === 0);
  const values = weights[i] === 0 ? [first] : factors.filter((factor) => factor > 0 || !alone).map((factor) => weights[i]! * factor);
  return values.map((value) => scaled(weights.map((weight, at) => (at === i ? value : weight))));
}
