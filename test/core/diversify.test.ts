import { diversify, overlap } from '../../recommend/5-rerank.ts';
import type { Catalogue } from '../../recommend/ports.ts';
import { seeded } from '../../math/random.ts';

/** The definition, word by word: every film left is compared with every film picked. */
function slowly(films: Int32Array, scores: Float32Array, size: number, diversity: number, { cards }: Catalogue): number[] {
  const top = scores[films[0]!]!,
    range = top - scores[films.at(-1)!]!,
    left = [...films],
    picked: number[] = [];
  const worth = (film: number): number =>
    (1 - diversity) * (1 - (top - scores[film]!) / range) -
    diversity * Math.max(0, ...picked.map((other) => overlap(cards[film]!.traits, cards[other]!.traits)));
  while (picked.length < size) {
    const values = left.map(worth);
    picked.push(...left.splice(values.indexOf(Math.max(...values)), 1));
  }
  return picked;
}

test.each([0.05, 0.15, 0.5, 0.9])('diversity %d picks as its definition says', (diversity) => {
  const random = seeded(3),
    traits = Array.from({ length: 96 }, () => Int32Array.from(new Set(Array.from({ length: 12 }, () => Math.floor(random() * 60)))).sort());
  const catalogue = { cards: traits.map((each) => ({ traits: each })) } as unknown as Catalogue;
  const scores = Float32Array.from(traits, random),
    films = Int32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  expect(diversify(films, scores, 24, diversity, catalogue)).toEqual(slowly(films, scores, 24, diversity, catalogue));
});
