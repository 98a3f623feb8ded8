/**
 * Regularised least squares in a few unknowns: collects (S + Σ w x xᵀ) β = Σ w t x equation by equation, and solves it
 * by the Cholesky factor of the left side, in double precision.
 */
export class LeastSquares {
  readonly #size: number;
  /** lower triangle of the left side, row-major; its Cholesky factor once that is known */
  readonly #system: Float64Array;
  readonly #right: Float64Array;
  #factorised = false;

  /** @param diagonal the start of S's diagonal, above 0; a number for all or one each */
  constructor(size: number, diagonal: number | ArrayLike<number>) {
    this.#size = size;
    this.#system = new Float64Array(size * size);
    this.#right = new Float64Array(size);
    for (let i = 0; i < size; i++) this.#system[i * size + i] = typeof diagonal === 'number' ? diagonal : diagonal[i]!;
  }

  /** Adds scale × matrix (size × size, symmetric) to the left side. */
  addMatrix(matrix: ArrayLike<number>, scale: number): this {
    for (let i = 0; i < this.#system.length; i++) this.#system[i]! += scale * matrix[i]!;
    return this;
  }

  /** One more equation, x · β = target. */
  add(x: ArrayLike<number>, weight: number, target: number): this {
    const size = this.#size;
    for (let i = 0; i < size; i++) {
      const scaled = weight * x[i]!;
      this.#right[i]! += scaled * target;
      for (let j = 0, at = i * size; j <= i; j++) this.#system[at + j]! += scaled * x[j]!;
    }
    return this;
  }

  /** β. Nothing can be added after it. */
  solve(): Float64Array {
    return this.solveFor(this.#right);
  }

  /** The same left side's solution for another right side. */
  solveFor(right: ArrayLike<number>): Float64Array {
    if (!this.#factorised) factorise(this.#system, this.#size);
    this.#factorised = true;
    return substitute(this.#system, Float64Array.from(right));
  }
}

/** The Cholesky factor L of L · Lᵀ = system, in the place of its lower triangle. */
function factorise(system: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = system[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= system[i * size + k]! * system[j * size + k]!;
      system[i * size + j] = i === j ? Math.sqrt(sum) : sum / system[j * size + j]!;
    }
  }
}

/** Solves L · Lᵀ · x = right, in its place. */
function substitute(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i]! -= factor[i * size + k]! * right[k]!;
    right[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    right[i]! /= factor[i * size + i]!;
    for (let k = 0; k < i; k++) right[k]! -= factor[i * size + k]! * right[i]!;
  }
  return right;
}
