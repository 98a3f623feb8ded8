import type { Position, Reason, Viewer } from './algorithm.ts';
import type { Scores } from './2-score.ts';

/** Reasons of one algorithm for one film; none when it cannot say. */
export function reasonsOf({ scorer: { algorithm, model } }: Scores, viewer: Viewer, film: Position): Reason[] {
  try {
    return algorithm.explain?.(model, viewer, film) ?? [];
  } catch {
    return [];
  }
}

/** The one reason on a card: of the algorithm with the largest share that has one to give. */
export function mainReason(scores: readonly Scores[], shares: Readonly<Record<string, number>>, viewer: Viewer, film: Position): Reason | undefined {
  const share = (s: Scores): number => shares[s.scorer.algorithm.id] ?? 0;
  for (const one of scores.filter((s) => share(s) > 0).sort((a, b) => share(b) - share(a))) {
    const reason = reasonsOf(one, viewer, film)[0];
    if (reason) return reason;
  }
  return undefined;
}
