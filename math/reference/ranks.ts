/**
 * Turns scores into ranks, in place: 1 for the largest finite score, falling evenly to 0 for the smallest.
 * Equal scores share the mean of their ranks; what is not finite stays as it is.
 */
export function ranks(scores: Float32Array): Float32Array {
  const order = Int32Array.from(scores.keys()).filter((i) => Number.isFinite(scores[i]!));
  const value = scores.slice();
  order.sort((a, b) => value[b]! - value[a]!);
  const last = Math.max(1, order.length - 1);
  for (let from = 0, to: number; from < order.length; from = to) {
    for (to = from + 1; to < order.length && value[order[to]!] === value[order[from]!];) to++;
    const mean = 1 - (from + to - 1) / 2 / last;
    for (let i = from; i < to; i++) scores[order[i]!] = mean;
  }
  return scores;
}
