/**
 * Regularised least squares in a few unknowns: collects (S + Σ w x xᵀ) β = Σ w t x equation by equation, and solves it
 * by the Cholesky factor of the left side, in double precision.
 */
export class LeastSquares {
  readonly #size: number;
  /** lower triangle of the left side, row-major */
  readonly #system: Float64Array;
  readonly #right: Float64Array;

  /** @param ridge above 0: with it on the diagonal S begins */
  constructor(size: number, ridge: number) {
    this.#size = size;
    this.#system = new Float64Array(size * size);
    this.#right = new Float64Array(size);
    for (let i = 0; i < size; i++) this.#system[i * size + i] = ridge;
  }

  /** Adds scale × matrix (size × size, symmetric) to the left side. */
  addMatrix(matrix: ArrayLike<number>, scale: number): this {
    for (let i = 0; i < this.#system.length; i++) this.#system[i]! += scale * matrix[i]!;
    return this;
  }

  /** One more equation, x · β = target. */
  add(x: ArrayLike<number>, weight: number, target: number): this {
    addOuter(this.#system, x, weight);
    for (let i = 0; i < this.#size; i++) this.#right[i]! += weight * target * x[i]!;
    return this;
  }

  /** β. Nothing can be added after it, and it can be asked for once. */
  solve(): Float64Array {
    factorise(this.#system, this.#size);
    return substitute(this.#system, this.#right);
  }
}

/** The lower triangle of system + w x xᵀ. */
function addOuter(system: Float64Array, x: ArrayLike<number>, w: number): void {
  const size = x.length;
  for (let i = 0, at = 0; i < size; i++, at += size) {
    const scaled = w * x[i]!;
    for (let j = 0; j <= i; j++) system[at + j]! += scaled * x[j]!;
  }
}

/** The Cholesky factor L of L · Lᵀ = system, in the place of its lower triangle. */
function factorise(system: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const left = system[i * size + j]! - dot(system, i * size, system, j * size, j);
      system[i * size + j] = i === j ? Math.sqrt(left) : left / system[j * size + j]!;
    }
  }
}

/** Solves L · Lᵀ · x = right, in its place. */
function substitute(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    right[i] = (right[i]! - dot(factor, i * size, right, 0, i)) / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    right[i]! /= factor[i * size + i]!;
    for (let k = 0; k < i; k++) right[k]! -= factor[i * size + k]! * right[i]!;
  }
  return right;
}

/** Of `count` numbers from a[i] and b[j] on. Four sums, because each addition waits for the one before it. */
function dot(a: Float64Array, i: number, b: Float64Array, j: number, count: number): number {
  let [p, q, r, s] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < count; k += 4) {
    p += a[i + k]! * b[j + k]!;
    q += a[i + k + 1]! * b[j + k + 1]!;
    r += a[i + k + 2]! * b[j + k + 2]!;
    s += a[i + k + 3]! * b[j + k + 3]!;
  }
  for (; k < count; k++) p += a[i + k]! * b[j + k]!;
  return p + q + r + s;
}
