import type { Random } from '../../math/random.ts';
import { gains, mean, type Sample, type Weights } from './task.ts';

export interface Search {
  readonly random: Random;
  /** where to begin: the weights in use */
  readonly start: Weights;
  /** called between trials */
  readonly onTrial: (fraction: number) => void;
}
interface Found {
  readonly weights: Weights;
  readonly value: number;
}

const draws = 60,
  rounds = 4,
  factors = [0, 0.4, 0.7, 1.4, 2.5] as const;
/** What an algorithm without weight is tried with, as a fraction of the sum of all. */
const first = 0.1;

/**
 * Weights with the highest mean NDCG@10 on the samples. NDCG is a step function of the weights, so no gradient helps:
 * the best of the start, each algorithm alone, all alike and seeded draws from the simplex is refined one weight at a time
 * (cyclic coordinate search), until a round brings nothing.
 */
export function searchWeights(samples: readonly Sample[], { random, start, onTrial }: Search): Weights {
  const n = start.length,
    value = (weights: Weights): Found => ({ weights, value: mean(gains(samples, weights)) });
  const starts = [start, new Float64Array(n).fill(1 / n), ...Array.from({ length: n }, (_, i) => unit(n, i))];
  for (let draw = 0; draw < draws; draw++) starts.push(fromSimplex(n, random));
  let best = value(scaled(start));
  starts.forEach((weights, i) => {
    onTrial((i / starts.length) * 0.5);
    best = better(best, value(scaled(weights)));
  });
  for (let round = 0; round < rounds; round++) {
    const before = best.value;
    for (let i = 0; i < n; i++) {
      onTrial(0.5 + ((round + i / n) / rounds) * 0.5);
      for (const weights of neighbours(best.weights, i)) best = better(best, value(weights));
    }
    if (best.value <= before) break;
  }
  return best.weights;
}

/** Of equally good ones the first stays. */
const better = (a: Found, b: Found): Found => (b.value > a.value ? b : a);

function* neighbours(weights: Weights, i: number): Generator<Weights> {
  const of = (value: number): Weights => scaled(weights.map((weight, at) => (at === i ? value : weight)));
  if (weights[i] === 0) yield of(first);
  else for (const factor of factors) if (weights.some((weight, at) => at !== i && weight > 0) || factor > 0) yield of(weights[i]! * factor);
}

const unit = (n: number, i: number): Weights => Float64Array.from({ length: n }, (_, at) => Number(at === i));

/** Uniform on the simplex (a Dirichlet distribution with all parameters 1). */
const fromSimplex = (n: number, random: Random): Weights => scaled(Float64Array.from({ length: n }, () => -Math.log(1 - random())));

/** The same proportions with sum 1. */
export function scaled(weights: Weights): Weights {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : weights.map(() => 1 / weights.length);
}
