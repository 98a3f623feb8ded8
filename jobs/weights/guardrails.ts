import type { Figures } from './measured.ts';
import type { Weights } from './task.ts';

/** What better weights may not cost: the share of novelty and of coverage that they may lose. */
export const margins = { novelty: 0.05, coverage: 0.1 } as const;
export type Guarded = keyof typeof margins;
/** The least that each may be. */
export type Limits = Readonly<Record<Guarded, number>>;

/**
 * The part of the margins that a proposal uses up at most. The best weights often lie as far out as they may; so other viewers find them
 * within, too.
 */
export const room = 0.5;

/** @param part of the margins that may be used up */
export const limitsOf = (now: Figures, part = 1): Limits => ({
  novelty: now.novelty * (1 - part * margins.novelty),
  coverage: now.coverage * (1 - part * margins.coverage),
});
export const holds = (figures: Figures, limits: Limits): boolean => figures.novelty >= limits.novelty && figures.coverage >= limits.coverage;

const steps = [1, 0.75, 0.5, 0.25];

/**
 * As far from the weights in use towards those that were found as the guardrails allow and NDCG does not fall, for viewers whom
 * the search did not see; the weights in use where no other ones do.
 * @param saved how weights are stored: it is those that have to keep the guardrails
 */
export function asFarAsAllowed(
  now: Weights,
  found: Weights,
  figures: (weights: Weights) => Figures,
  saved: (weights: Weights) => Weights = (weights) => weights,
): Weights {
  const before = figures(now),
    limits = limitsOf(before, room),
    between = (share: number): Weights => saved(now.map((weight, i) => (1 - share) * weight + share * found[i]!));
  const serves = (found: Figures): boolean => holds(found, limits) && found.ndcg >= before.ndcg;
  return steps.map(between).find((weights) => serves(figures(weights))) ?? now;
}
