/** The dot product of the vector with each row of `items`. */
export function scoresOf(items: Float32Array, vector: Float32Array): Float32Array {
  const factors = vector.length;
  return Float32Array.from({ length: items.length / factors }, (_, row) => vector.reduce((sum, x, i) => sum + x * items[row * factors + i]!, 0));
}

/** The indices of the largest scores, best first; of equals the lower index first. */
export const best = (scores: Float32Array, count: number): number[] =>
  Array.from(scores.keys())
    .toSorted((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, count);
