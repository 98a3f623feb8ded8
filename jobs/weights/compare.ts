import { bootstrap, meanOf } from '../evaluation/metrics/bootstrap.ts';
import { bestOf, gains, mean, type Sample, type Weights } from './task.ts';

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
type PerViewer = Omit<Record<Change['metric'], Float64Array>, 'coverage10'>;

const seed = 11;

/** @param popularity share of viewers who rated each film, for novelty: the mean of −log₂ over a list (Zhou et al. 2010), in bits */
export function compare(samples: readonly Sample[], before: Weights, after: Weights, popularity: Float64Array): Comparison {
  const old = measured(samples, before, popularity),
    next = measured(samples, after, popularity);
  const changes = (Object.keys(old.each) as (keyof PerViewer)[]).map((metric) => ({
    metric,
    before: mean(old.each[metric]),
    after: mean(next.each[metric]),
    ...interval(next.each[metric].map((value, i) => value - old.each[metric][i]!)),
  }));
  // One number for all viewers together has no interval over them.
  const coverage = { metric: 'coverage10' as const, before: old.coverage, after: next.coverage, low: Number.NaN, high: Number.NaN };
  return { changes: [...changes, coverage], viewers: samples.length };
}

function measured(samples: readonly Sample[], weights: Weights, popularity: Float64Array): { readonly each: PerViewer; readonly coverage: number } {
  const top = new Int32Array(10),
    shown = new Set<number>();
  const each: PerViewer = {
    ndcg10: gains(samples, weights),
    recall10: new Float64Array(samples.length),
    hitRate10: new Float64Array(samples.length),
    novelty10: new Float64Array(samples.length),
  };
  samples.forEach((sample, i) => {
    const list = top.subarray(0, bestOf(sample, weights, top));
    let hits = 0,
      bits = 0;
    for (const place of list) {
      hits += sample.wanted[place]!;
      bits -= Math.log2(Math.max(popularity[sample.films[place]!]!, 1e-6));
      shown.add(sample.films[place]!);
    }
    each.recall10[i] = hits / (sample.held || 1);
    each.hitRate10[i] = Number(hits > 0);
    each.novelty10[i] = list.length > 0 ? bits / list.length : 0;
  });
  return { each, coverage: shown.size / (popularity.length || 1) };
}

function interval(differences: Float64Array): { low: number; high: number } {
  const { change } = bootstrap(differences.length, { change: meanOf(differences) }, seed);
  return { low: change.low, high: change.high };
}
