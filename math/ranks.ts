/**
 * Turns scores into ranks, in place: 1 for the largest finite score, falling evenly to 0 for the smallest.
 * Of equal scores the lower index ranks higher; what is not finite stays as it is.
 */
export function ranks(scores: Float32Array): Float32Array {
  const order = Int32Array.from(scores.keys()).filter((i) => Number.isFinite(scores[i]!));
  const value = scores.slice();
  order.sort((a, b) => value[b]! - value[a]! || a - b);
  const last = Math.max(1, order.length - 1);
  order.forEach((film, rank) => { scores[film] = 1 - rank / last; });
  return scores;
}
