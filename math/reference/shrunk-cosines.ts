/** dot / (length · lengths + shrinkage) where the dot product is above 0, NaN elsewhere; in place. */
export function shrunkCosines(dots: Float32Array, lengths: ArrayLike<number>, length: number, shrinkage: number): Float32Array {
  for (let i = 0; i < dots.length; i++) dots[i] = dots[i]! > 0 ? dots[i]! / (length * lengths[i]! + shrinkage) : Number.NaN;
  return dots;
}
