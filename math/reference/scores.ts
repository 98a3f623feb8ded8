/** The dot product of the vector with each row of `items`. */
export function scoresOf(items: Float32Array, vector: Float32Array): Float32Array {
  const scores = new Float32Array(items.length / vector.length);
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    for (let f = 0; f < vector.length; f++) sum += items[row * vector.length + f]! * vector[f]!;
    scores[row] = sum;
  }
  return scores;
}

/** The indices of the largest scores, best first; of equals the lower index first. */
export const best = (scores: Float32Array, count: number): number[] =>
  Array.from(scores.keys())
    .toSorted((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, count);
