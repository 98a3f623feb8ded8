/**
 * Turns scores into z-scores, in place, so that different scales can be added: mean 0 and (population) standard
 * deviation 1 over the finite entries. All 0 where they do not differ; NaN and ±Infinity stay as they are.
 */
export function standardise(scores: Float32Array): Float32Array {
  const { count, mean, deviation } = spread(scores);
  // Equal scores can differ by rounding alone: that is not a difference.
  const scale = count > 0 && deviation > 1e-7 * Math.abs(mean) ? 1 / deviation : 0;
  for (let i = 0; i < scores.length; i++) {
    if (Number.isFinite(scores[i]!)) scores[i] = (scores[i]! - mean) * scale;
  }
  return scores;
}

/** Two passes: subtracting squares of large means would lose every digit. */
function spread(scores: Float32Array): { count: number; mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < scores.length; i++)
    if (Number.isFinite(scores[i]!)) {
      count++;
      sum += scores[i]!;
    }
  const mean = count > 0 ? sum / count : 0;
  let squares = 0;
  for (let i = 0; i < scores.length; i++) if (Number.isFinite(scores[i]!)) squares += (scores[i]! - mean) ** 2;
  return { count, mean, deviation: count > 0 ? Math.sqrt(squares / count) : 0 };
}
