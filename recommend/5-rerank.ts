import type { Position } from './algorithm.ts';
import type { Catalogue } from './ports.ts';

/** Jaccard similarity of two ascending sets. */
export function overlap(a: Int32Array, b: Int32Array): number {
  let i = 0,
    j = 0,
    both = 0;
  while (i < a.length && j < b.length) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) {
      both++;
      i++;
      j++;
    } else if (difference < 0) i++;
    else j++;
  }
  const either = a.length + b.length - both;
  return either === 0 ? 0 : both / either;
}

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998): each pick maximises
 * (1 − diversity) · score − diversity · (largest similarity to what was picked), scores scaled to 0 … 1.
 * Worth only falls as picks are made, so a film is compared with them no sooner than it comes out on top (lazy greedy).
 * @param films candidates, best first
 */
export function diversify(films: ArrayLike<Position>, scores: Float32Array, size: number, diversity: number, { cards }: Catalogue): Position[] {
  if (diversity === 0 || films.length <= 1) return Array.from(films).slice(0, size);
  const top = scores[films[0]!]!,
    range = top - scores[films[films.length - 1]!]! || 1;
  const left = Array.from(films, (film, rank): Candidate => {
    return { film, rank, worth: (1 - diversity) * (1 - (top - scores[film]!) / range), closest: 0, compared: 0 };
  });
  const picked: Position[] = [];
  for (let first = 0; picked.length < size && first < left.length;) {
    const best = left[first]!;
    if (best.compared === picked.length) {
      picked.push(best.film);
      first++;
      continue;
    }
    const closer = overlap(cards[best.film]!.traits, cards[picked[best.compared++]!]!.traits) - best.closest;
    if (closer <= 0) continue;
    best.closest += closer;
    best.worth -= diversity * closer;
    sink(left, first);
  }
  return picked;
}

interface Candidate {
  readonly film: Position;
  readonly rank: number;
  worth: number;
  /** the largest similarity to the picks it was compared with, and how many these are */
  closest: number;
  compared: number;
}

/** Moves the candidate at `place`, whose worth fell, behind those that are now better; of equals the higher rank comes first. */
function sink(candidates: Candidate[], place: number): void {
  const falling = candidates[place]!;
  let to = place;
  for (; to + 1 < candidates.length; to++) {
    const next = candidates[to + 1]!;
    if (next.worth < falling.worth || (next.worth === falling.worth && next.rank > falling.rank)) break;
    candidates[to] = next;
  }
  candidates[to] = falling;
}
