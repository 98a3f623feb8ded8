import { Arena, spread } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { LANES, padded, solvingScratch } from './sizes.ts';

/** What all rows of a factorisation by implicit least squares share. */
export interface Equations {
  readonly factors: number;
  /** gramOf(items, factors) */
  readonly gram: Float32Array;
  /** α₀, the weight of every cell */
  readonly unobserved: number;
}

/** One more row: what is known of it. */
export interface OpenRow {
  /** vectors of the other side, each at the beginning of `width` numbers */
  readonly items: Float32Array;
  readonly width: number;
  /** the row's entries, and weights ≥ 0 of them */
  readonly index: Int32Array;
  readonly weight: Float32Array;
  /** what ridge() of math/kernels/ials.ts gives for it */
  readonly ridge: number;
}

/**
 * Solves the equations of one row after the other, as foldIn() does, in single precision: only the vectors of its entries are
 * read. The equations of the last one stay solved, so that more can be asked about it. Its memory goes with the object.
 */
export class RowSolver {
  readonly #arena = new Arena();
  readonly #kernels: Kernels;
  readonly #factors: number;
  readonly #stride: number;
  readonly #gram: Float32Array;
  readonly #vector: Float32Array;
  /** where the entries begin and end, and the ridge */
  readonly #range: Int32Array;
  readonly #ridge: Float32Array;
  readonly #scratch: Float32Array;
  /** of the last row: the vectors of its entries, their places there, roots of their weights, and what is asked of each */
  #vectors = this.#arena.f32(0);
  #places = this.#arena.i32(0);
  #root = this.#arena.f32(0);
  #parts = this.#arena.f32(0);
  #last: OpenRow | undefined;

  /** Throws RangeError where the memory does not suffice. */
  constructor({ factors, gram, unobserved }: Equations) {
    const arena = this.#arena,
      stride = padded(factors, LANES);
    this.#factors = factors;
    this.#stride = stride;
    this.#gram = arena.f32(stride ** 2);
    this.#vector = arena.f32(stride);
    this.#range = arena.i32(2);
    this.#ridge = arena.f32(1);
    this.#scratch = arena.f32(solvingScratch(stride) / 4);
    this.#kernels = instantiate(kernelModule(), arena.memory);
    const all = gram.map((value) => unobserved * value);
    spread(all, factors, this.#gram, stride);
  }

  /** The row's vector; 0 without entries. */
  solve(row: OpenRow): Float32Array {
    this.#place(row);
    const arrays = [this.#vector, this.#vectors, this.#gram, this.#range, this.#places, this.#root, this.#ridge];
    this.#kernels.solveRows(this.#scratch.byteOffset, 0, 1, ...arrays.map((array) => array.byteOffset), this.#stride * 4);
    this.#last = row;
    return this.#vector.slice(0, this.#factors);
  }

  /**
   * What each entry adds to the product of the row's vector with the vector of an item, parallel to the entries and valid until
   * the next call: weight · y · S⁻¹ · item, where S is the left side of the row's equations. Quick for the row that was
   * solved last. (Hu, Koren & Volinsky, ICDM 2008, section 5.)
   */
  parts(row: OpenRow, item: Float32Array): Float32Array {
    if (this.#last !== row) this.solve(row);
    const count = row.index.length,
      width = this.#stride * 4;
    this.#vector.fill(0).set(item);
    const factor = this.#scratch.byteOffset + solvingScratch(this.#stride) - this.#stride * width;
    this.#kernels.substitute(factor, this.#vector.byteOffset, width);
    this.#kernels.scoreSome(this.#vector.byteOffset, this.#vectors.byteOffset, count, this.#places.byteOffset, width, this.#parts.byteOffset);
    for (let e = 0; e < count; e++) this.#parts[e]! *= row.weight[e]!;
    return this.#parts.subarray(0, count);
  }

  #place({ items, width, index, weight, ridge }: OpenRow): void {
    if (index.length > this.#places.length) this.#makeRoom(2 * index.length);
    for (let e = 0; e < index.length; e++) {
      const from = index[e]! * width;
      this.#vectors.set(items.subarray(from, from + this.#factors), e * this.#stride);
      this.#root[e] = Math.sqrt(weight[e]!);
    }
    this.#range[1] = index.length;
    this.#ridge[0] = ridge;
  }

  #makeRoom(entries: number): void {
    this.#vectors = this.#arena.f32(entries * this.#stride);
    this.#places = this.#arena.i32(entries);
    this.#root = this.#arena.f32(entries);
    this.#parts = this.#arena.f32(entries);
    for (let e = 0; e < entries; e++) this.#places[e] = e;
  }
}
