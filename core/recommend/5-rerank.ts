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
 * @param films candidates, best first
 */
export function diversify(films: Int32Array, scores: Float32Array, size: number, diversity: number, catalogue: Catalogue): Position[] {
  if (diversity === 0 || films.length <= 1) return [...films.subarray(0, size)];
  const top = scores[films[0]!]!,
    range = top - scores[films.at(-1)!]! || 1;
  const closest = new Float32Array(films.length);
  const left = new Set(films.keys());
  const picked: Position[] = [];
  while (picked.length < size && left.size > 0) {
    let pick = -1,
      most = -Infinity;
    for (const i of left) {
      const worth = (1 - diversity) * (1 - (top - scores[films[i]!]!) / range) - diversity * closest[i]!;
      if (worth > most) {
        most = worth;
        pick = i;
      }
    }
    left.delete(pick);
    picked.push(films[pick]!);
    const traits = catalogue.cards[films[pick]!]!.traits;
    for (const i of left) closest[i] = Math.max(closest[i]!, overlap(traits, catalogue.cards[films[i]!]!.traits));
  }
  return picked;
}
