import type { Random } from '../../math/random.ts';
import { asFarAsAllowed } from './guardrails.ts';
import { figuresOf } from './measured.ts';
import { searchWeights } from './search.ts';
import { rounded, scaled } from './simplex.ts';
import type { Sample, Weights } from './task.ts';

export interface Proposing {
  /** weights in use */
  readonly start: Weights;
  /** share of viewers who rated each film, for novelty */
  readonly popularity: Float64Array;
  readonly random: Random;
  readonly onTrial: (fraction: number) => void;
}

/**
 * Weights that serve viewers better without breaking a guardrail, as an operator can save them: fitted on every other viewer, and taken
 * as far as the guardrails hold for the rest.
 * @returns also those of whom the fit knows nothing
 */
export function propose(samples: readonly Sample[], { start, popularity, random, onTrial }: Proposing): { weights: Weights; others: Sample[] } {
  const [fitted, others] = [0, 1].map((half) => samples.filter((_, i) => i % 2 === half)) as [Sample[], Sample[]];
  const wished = searchWeights({ start, figures: (weights) => figuresOf(fitted, weights, popularity), random, onTrial });
  const weights = asFarAsAllowed(scaled(start), wished, (one) => figuresOf(others, one, popularity), rounded);
  return { weights, others };
}
