import { bestOf, gains, mean, type Sample, type Weights } from './task.ts';

/** What lists by some weights are like, one number a viewer; coverage is one number for all viewers together. */
export interface Measured {
  readonly each: Readonly<Record<'ndcg10' | 'recall10' | 'hitRate10' | 'novelty10', Float64Array>>;
  /** share of all films in anybody's ten */
  readonly coverage: number;
}

/** @param popularity share of viewers who rated each film, for novelty: the mean of −log₂ over a list (Zhou et al. 2010), in bits */
export function measure(samples: readonly Sample[], weights: Weights, popularity: Float64Array): Measured {
  const top = new Int32Array(10),
    shown = new Set<number>();
  const each = {
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

/** What a search for weights looks at. */
export interface Figures {
  readonly ndcg: number;
  readonly novelty: number;
  readonly coverage: number;
}
export function figuresOf(samples: readonly Sample[], weights: Weights, popularity: Float64Array): Figures {
  const { each, coverage } = measure(samples, weights, popularity);
  return { ndcg: mean(each.ndcg10), novelty: mean(each.novelty10), coverage };
}
