import { Arena, spread } from './arena.ts';
import { ItemRows } from './item-rows.ts';
import { LANES, padded, solvingScratch } from './sizes.ts';

/** One side of a factorisation, as ials() made it. */
export interface Side {
  readonly factors: number;
  /** one row an item */
  readonly items: Float32Array;
  /** gramOf(items, factors) */
  readonly gram: Float32Array;
  /** α₀, the weight of every cell */
  readonly unobserved: number;
  /** one an item: those with 0 have no score; without it all have */
  readonly known?: ArrayLike<number>;
}

/**
 * Item factors kept where the kernels reach them, for serving: folds in a row as foldIn() does, in single precision,
 * and scores all items for it. Its memory goes with the object.
 */
export class FoldInScorer {
  readonly #arena = new Arena();
  readonly #factors: number;
  readonly #stride: number;
  readonly #items: ItemRows;
  readonly #gram: Float32Array;
  readonly #vector: Float32Array;
  /** of the row's entries: where they begin and end, and its ridge */
  readonly #range: Int32Array;
  readonly #ridge: Float32Array;
  readonly #scratch: Float32Array;
  #index: Int32Array;
  #root: Float32Array;

  constructor({ factors, items, gram, unobserved, known }: Side) {
    const arena = this.#arena;
    this.#factors = factors;
    this.#stride = padded(factors, LANES);
    this.#items = new ItemRows(arena, items, { factors, stride: this.#stride, known });
    this.#gram = arena.f32(this.#stride ** 2);
    this.#vector = arena.f32(this.#stride);
    this.#range = arena.i32(2);
    this.#ridge = arena.f32(1);
    this.#scratch = arena.f32(solvingScratch(this.#stride) / 4);
    this.#index = arena.i32(0);
    this.#root = arena.f32(0);
    spread(
      gram.map((value) => unobserved * value),
      factors,
      this.#gram,
      this.#stride,
    );
  }

  /** The vector of a row with these entries, weights ≥ 0; 0 without entries. `ridge` is what ridge() gives for it. */
  foldIn(index: Int32Array, weight: Float32Array, ridge: number): Float32Array {
    if (index.length > this.#index.length) this.#makeRoom(2 * index.length);
    this.#index.set(index);
    this.#root.set(weight.map(Math.sqrt));
    this.#range[1] = index.length;
    this.#ridge[0] = ridge;
    const arrays = [this.#vector, this.#items.rows, this.#gram, this.#range, this.#index, this.#root, this.#ridge];
    this.#items.kernels.solveRows(this.#scratch.byteOffset, 0, 1, ...arrays.map((array) => array.byteOffset), this.#vector.byteLength);
    return this.#vector.slice(0, this.#factors);
  }

  /** Solves the equations of a row with at least one entry for other right sides, by the factor that folding it in leaves. */
  solver(index: Int32Array, weight: Float32Array, ridge: number): (right: Float32Array) => Float32Array {
    this.foldIn(index, weight, ridge);
    const size = this.#stride;
    const factor = this.#scratch.slice(-size * size);
    return (right) => {
      const x = new Float32Array(size);
      x.set(right);
      return substitute(factor, x).subarray(0, right.length);
    };
  }

  /** The dot product of each item with the vector, into `out`, one number an item, as ItemRows.scores() gives it. */
  scores(vector: Float32Array, out: Float32Array): void {
    this.#items.scores(vector, out);
  }

  #makeRoom(entries: number): void {
    this.#index = this.#arena.i32(entries);
    this.#root = this.#arena.f32(entries);
  }
}

/** Solves UᵀU x = x in place; the diagonal holds 1 / U, as assembly/cholesky.ts leaves it. */
function substitute(factor: Float32Array, x: Float32Array): Float32Array {
  const size = x.length;
  for (let i = 0, row = 0; i < size; i++, row += size) {
    const y = (x[i]! *= factor[row + i]!);
    for (let c = i + 1; c < size; c++) x[c]! -= y * factor[row + c]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let rest = 0;
    for (let c = i + 1, at = i * size + c; c < size; c++, at++) rest += factor[at]! * x[c]!;
    x[i] = (x[i]! - rest) * factor[i * size + i]!;
  }
  return x;
}
