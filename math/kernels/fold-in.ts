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
export function foldIn(options: FoldIn, out: Float32Array): void {
  const { factors, gram, index, unobserved, regularisation } = options;
  const system = Float64Array.from(gram, (value) => unobserved * value);
  const right = new Float64Array(factors);
  for (let i = 0; i < factors; i++) system[i * factors + i]! += regularisation;
  for (let e = 0; e < index.length; e += 4) addFour(system, right, options, e);
  solve(system, right);
  out.set(right);
}

/**
 * system += Σ w y yᵀ in the lower triangle, right += Σ w y, over the four entries from `first` on, so that every sum is
 * read and written a quarter as often. Beyond the last entry the weight is 0.
 */
function addFour(system: Float64Array, right: Float64Array, { factors, items, index, weight }: FoldIn, first: number): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => (index[first + k] ?? index[first]!) * factors) as [number, number, number, number];
  const [p, q, r, s] = [0, 1, 2, 3].map((k) => weight[first + k] ?? 0) as [number, number, number, number];
  for (let i = 0, at = 0; i < factors; i++, at += factors) {
    const x = p * items[a + i]!;
    const y = q * items[b + i]!;
    const z = r * items[c + i]!;
    const w = s * items[d + i]!;
    right[i]! += x + y + z + w;
    for (let j = 0; j <= i; j++) system[at + j]! += x * items[a + j]! + y * items[b + j]! + z * items[c + j]! + w * items[d + j]!;
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
