import type { Position, Reason, Viewer } from './algorithm.ts';
import type { Explanation } from './index.ts';
import type { ServedReason } from './served.ts';
import { comparable, type Scores } from './2-score.ts';
import { sharesOf } from './3-blend.ts';
import type { Ranking } from './ranking.ts';

/** Reasons of one algorithm for one film, perhaps only the first ones; none when it cannot say. */
function reasonsOf({ scorer: { algorithm, model } }: Scores, viewer: Viewer, film: Position, most?: number): Reason[] {
  try {
    return algorithm.explain?.(model, viewer, film, most) ?? [];
  } catch {
    return [];
  }
}

/** The one reason on a card: of the algorithm with the largest share that has one to give. */
export function mainReason(
  scores: readonly Scores[],
  shares: Readonly<Record<string, number>>,
  viewer: Viewer,
  film: Position,
): ServedReason | undefined {
  const share = (s: Scores): number => shares[s.scorer.algorithm.id] ?? 0,
    left = scores.filter((one) => share(one) > 0);
  while (left.length > 0) {
    // The first one asked nearly always has a reason, so that sorting them all would be too much.
    const leader = left.reduce((best, one) => (share(one) > share(best) ? one : best));
    const reason = reasonsOf(leader, viewer, film, 1)[0];
    if (reason) return 'film' in reason && !viewer.films.includes(reason.film) ? { ...reason, unseen: true } : reason;
    left.splice(left.indexOf(leader), 1);
  }
  return undefined;
}

/** Everything that can be said about one film in one viewer's ranking. */
export function explanationOf({ scores, blended }: Ranking, viewer: Viewer, film: Position): Omit<Explanation, 'said'> {
  const shares = sharesOf(scores, film);
  const algorithms = scores
    .map((one) => {
      const { id, title } = one.scorer.algorithm;
      return { algorithm: id, title, share: shares[id]!, score: numberOf(comparable(one, film)), reasons: reasonsOf(one, viewer, film) };
    })
    .sort((a, b) => b.share - a.share);
  const parts = new Map<Position, number>();
  for (const { share, reasons } of algorithms) {
    for (const reason of reasons) if ('film' in reason) parts.set(reason.film, (parts.get(reason.film) ?? 0) + share * reason.share);
  }
  const films = [...parts].map(([own, share]) => ({ film: own, share })).sort((a, b) => b.share - a.share);
  const score = numberOf(blended[film]);
  return {
    score,
    rank: score === undefined ? undefined : 1 + blended.reduce((better, other) => better + Number(other > score), 0),
    films,
    algorithms,
  };
}

const numberOf = (score: number | undefined): number | undefined => (score === undefined || Number.isNaN(score) ? undefined : score);
