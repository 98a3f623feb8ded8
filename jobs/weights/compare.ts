import { bootstrap, meanOf } from '../evaluation/metrics/bootstrap.ts';
import { measure, type Measured } from './measured.ts';
import { mean, type Sample, type Weights } from './task.ts';

/** A metric with both blends, and the difference with its interval: 95 %, by the bootstrap over viewers. */
export interface Change {
  readonly metric: 'ndcg10' | 'recall10' | 'hitRate10' | 'novelty10' | 'coverage10';
  readonly before: number;
  readonly after: number;
  readonly low: number;
  readonly high: number;
}
export interface Comparison {
  readonly changes: readonly Change[];
  /** viewers measured, none of whom the weights were fitted on */
  readonly viewers: number;
}

const seed = 11;

/** @param popularity share of viewers who rated each film, for novelty: the mean of −log₂ over a list (Zhou et al. 2010), in bits */
export function compare(samples: readonly Sample[], before: Weights, after: Weights, popularity: Float64Array): Comparison {
  const old = measure(samples, before, popularity),
    next = measure(samples, after, popularity);
  const changes = (Object.keys(old.each) as (keyof Measured['each'])[]).map((metric) => ({
    metric,
    before: mean(old.each[metric]),
    after: mean(next.each[metric]),
    ...interval(next.each[metric].map((value, i) => value - old.each[metric][i]!)),
  }));
  // One number for all viewers together has no interval over them.
  const coverage = { metric: 'coverage10' as const, before: old.coverage, after: next.coverage, low: Number.NaN, high: Number.NaN };
  return { changes: [...changes, coverage], viewers: samples.length };
}

function interval(differences: Float64Array): { low: number; high: number } {
  const { change } = bootstrap(differences.length, { change: meanOf(differences) }, seed);
  return { low: change.low, high: change.high };
}
