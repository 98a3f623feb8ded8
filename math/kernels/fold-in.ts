/** Sum of item · itemᵀ over all items: factors × factors, symmetric. */
export function gramOf(items: Float32Array, factors: number): Float32Array {
  const sums = new Float64Array(factors * factors);
  for (let row = 0; row < items.length; row += factors) {
    for (let i = 0; i < factors; i++) {
      const scale = items[row + i]!;
      for (let j = 0, at = i * factors; j <= i; j++) sums[at + j]! += scale * items[row + j]!;
    }
  }
  for (let i = 0; i < factors; i++) for (let j = 0; j < i; j++) sums[j * factors + i] = sums[i * factors + j]!;
  return Float32Array.from(sums);
}

export interface FoldIn {
  readonly factors: number;
  /** the other side's vectors, one row an item */
  readonly items: Float32Array;
  /** gramOf(items, factors) */
  readonly gram: Float32Array;
  /** the row's items, and how much each counts */
  readonly index: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
  /** α₀, the weight of every cell */
  readonly unobserved: number;
  /** what is added to the diagonal: ridge() of math/kernels/ials.ts gives it for a row */
  readonly regularisation: number;
}

/**
 * The vector x of one more row given the other side's: minimises Σ w (1 − x·y)² over the row's items
 * + α₀ Σ (x·y)² over all items + regularisation · |x|², by solving (α₀ G + Σ w y yᵀ + regularisation · I) x = Σ w y.
 * A row without items has the vector 0.
 */
export function foldIn({ factors, items, gram, index, weight, unobserved, regularisation }: FoldIn, out: Float32Array): void {
  const system = Float64Array.from(gram, (value) => unobserved * value);
  const right = new Float64Array(factors);
  for (let i = 0; i < factors; i++) system[i * factors + i]! += regularisation;
  for (let e = 0; e < index.length; e++) addRow(system, right, items.subarray(index[e]! * factors, (index[e]! + 1) * factors), weight[e]!);
  solve(system, right);
  out.set(right);
}

/** system += w · y yᵀ in the lower triangle, right += w · y */
function addRow(system: Float64Array, right: Float64Array, y: Float32Array, w: number): void {
  const size = y.length;
  for (let i = 0; i < size; i++) {
    const scaled = w * y[i]!;
    right[i]! += scaled;
    for (let j = 0, at = i * size; j <= i; j++) system[at + j]! += scaled * y[j]!;
  }
}

/** Solves a positive definite system in place, by the Cholesky factor of its lower triangle: right becomes the solution. */
function solve(system: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = system[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= system[i * size + k]! * system[j * size + k]!;
      system[i * size + j] = i === j ? Math.sqrt(sum) : sum / system[j * size + j]!;
    }
    for (let k = 0; k < i; k++) right[i]! -= system[i * size + k]! * right[k]!;
    right[i]! /= system[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i]! -= system[k * size + i]! * right[k]!;
    right[i]! /= system[i * size + i]!;
  }
}
