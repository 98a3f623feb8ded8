import type { Random } from '../../math/random.ts';
import { gaussianProcess } from '../../math/search/gaussian-process.ts';
import { constrainedImprovement } from '../../math/search/improvement.ts';
import { holds, limitsOf, room, type Limits } from './guardrails.ts';
import type { Figures } from './measured.ts';
import { fromSimplex, neighbours, nudged, scaled, unit } from './simplex.ts';
import type { Weights } from './task.ts';

export interface Search {
  readonly random: Random;
  /** where to begin: the weights in use */
  readonly start: Weights;
  /** what lists by these weights (with sum 1) are like; the same every time */
  readonly figures: (weights: Weights) => Figures;
  /** called between trials */
  readonly onTrial: (fraction: number) => void;
}
interface Trial {
  readonly weights: Weights;
  readonly figures: Figures;
}

const draws = 24,
  proposals = 40,
  /** points that the next trial is chosen from: as many from everywhere as from near the best */
  choice = 80,
  rounds = 3;
/** Relative to their spread, so that points on each other can be told apart. */
const noise = 1e-6;

/**
 * Weights with the highest NDCG@10 among those that keep the guardrails, by Bayesian optimisation: a Gaussian process of
 * NDCG, one of novelty and one of coverage over the simplex; each next trial has the largest expected improvement times
 * the chance to keep the guardrails (Letham et al. 2019). NDCG is a step function of the weights, so no gradient helps; the
 * best trial is refined one weight at a time at the end. The start keeps the guardrails by itself, so there is always one.
 */
export function searchWeights({ random, start, figures, onTrial }: Search): Weights {
  const n = start.length,
    now = scaled(start),
    tried: Trial[] = [],
    attempt = (weights: Weights): void => void tried.push({ weights, figures: figures(weights) });
  attempt(now);
  const limits = limitsOf(tried[0]!.figures, room);
  [new Float64Array(n).fill(1 / n), ...Array.from({ length: n }, (_, i) => unit(n, i))].forEach(attempt);
  for (let draw = 0; draw < draws; draw++) attempt(fromSimplex(n, random));
  for (let round = 0; round < proposals; round++) {
    onTrial(0.2 + (round / proposals) * 0.6);
    attempt(propose(tried, bestOf(tried, limits), limits, random));
  }
  return refine(bestOf(tried, limits), limits, figures, (fraction) => onTrial(0.8 + fraction * 0.2)).weights;
}

/** Of equally good ones the first. */
const bestOf = (tried: readonly Trial[], limits: Limits): Trial =>
  tried.filter((trial) => holds(trial.figures, limits)).reduce((best, trial) => (trial.figures.ndcg > best.figures.ndcg ? trial : best));

function propose(tried: readonly Trial[], best: Trial, limits: Limits, random: Random): Weights {
  const model = (of: keyof Figures) =>
    gaussianProcess(tried.map(({ weights, figures }) => ({ at: [...weights], value: figures[of], variance: noise })));
  const [ndcg, novelty, coverage] = [model('ndcg'), model('novelty'), model('coverage')];
  const n = best.weights.length,
    candidates = Array.from({ length: 2 * choice }, (_, i) => (i < choice ? fromSimplex(n, random) : nudged(best.weights, random)));
  const worth = (weights: Weights): number =>
    constrainedImprovement(ndcg([...weights]), best.figures.ndcg, [
      { ...novelty([...weights]), least: limits.novelty },
      { ...coverage([...weights]), least: limits.coverage },
    ]);
  return candidates.map((weights) => ({ weights, worth: worth(weights) })).reduce((a, b) => (b.worth > a.worth ? b : a)).weights;
}

function refine(from: Trial, limits: Limits, figures: Search['figures'], onTrial: Search['onTrial']): Trial {
  let best = from;
  for (let round = 0; round < rounds; round++) {
    const before = best.figures.ndcg;
    for (let i = 0; i < from.weights.length; i++) {
      onTrial((round + i / from.weights.length) / rounds);
      best = bestOf([best, ...neighbours(best.weights, i).map((weights) => ({ weights, figures: figures(weights) }))], limits);
    }
    if (best.figures.ndcg <= before) break;
  }
  return best;
}
