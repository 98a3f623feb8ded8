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
  const worth = Float64Array.from(films, (film) => (1 - diversity) * (1 - (top - scores[film]!) / range));
  const closest = new Float64Array(films.length);
  const left = Array.from(films.keys());
  const picked: Position[] = [];
  while (picked.length < size && left.length > 0) {
    let at = 0;
    for (let other = 1; other < left.length; other++) if (worth[left[other]!]! > worth[left[at]!]!) at = other;
    const [pick] = left.splice(at, 1) as [number];
    picked.push(films[pick]!);
    const { traits } = catalogue.cards[films[pick]!]!;
    for (const i of left) {
      const closer = overlap(traits, catalogue.cards[films[i]!]!.traits) - closest[i]!;
      if (closer <= 0) continue;
      closest[i]! += closer;
      worth[i]! -= diversity * closer;
    }
  }
  return picked;
}
