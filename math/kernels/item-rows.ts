import type { Slices } from '../slices.ts';
import { spread, type Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { EXACT, RoundedRows, type ItemShape } from './rounded-rows.ts';
import { padded } from './sizes.ts';

/** So many rows for each one that is wanted are looked at exactly. */
const shortlist = 10;

/** Rows of factors where the kernels reach them, and the products of all of them with a vector. */
export class ItemRows {
  readonly count: number;
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #items: Float32Array;
  readonly #factors: number;
  readonly #stride: number;
  readonly #scale: Float32Array;
  readonly #vector: Float32Array;
  readonly #score: Float32Array;
  readonly #index: Int32Array;
  readonly #rounded: RoundedRows | undefined;
  /** as laid out for the kernels: where all are rounded, only once the best are asked for */
  #rows: Float32Array | undefined;

  /** @param items row-major, without gaps. The stride is that in the arena. Throws RangeError where the memory does not suffice. */
  constructor(arena: Arena, items: Float32Array, { factors, stride, known }: ItemShape) {
    this.count = items.length / factors;
    this.#arena = arena;
    this.#items = items;
    this.#factors = factors;
    this.#stride = stride;
    // The kernels take four items at once.
    const room = padded(this.count, 4);
    this.#scale = arena.f32(room);
    this.#vector = arena.f32(stride);
    this.#score = arena.f32(room);
    this.#index = arena.i32(room);
    this.#kernels = instantiate(kernelModule(), arena.memory);
    for (let i = 0; i < this.count; i++) this.#scale[i] = !known || known[i]! ? 1 : Number.NaN;
    if (this.count > EXACT) this.#rounded = new RoundedRows(arena, items, { factors, stride: factors, known });
  }

  /** The rounding, where there is any, which the first product would do otherwise. */
  *prepare(): Slices {
    if (this.#rounded) yield* this.#rounded.prepare();
  }

  /** The dot product of each row with the vector, into `out`, one number a row; of more than EXACT rows to about 1 % of their spread. */
  scores(vector: Float32Array, out: Float32Array): void {
    if (this.#rounded) this.#rounded.scores(this.#kernels, vector, this.#score.byteOffset);
    else {
      this.#vector.set(vector);
      const [rows, scale] = [this.#placed().byteOffset, this.#scale.byteOffset];
      this.#kernels.score(this.#vector.byteOffset, rows, scale, this.count, this.#stride * 4, this.#score.byteOffset);
    }
    out.set(this.#score.subarray(0, this.count));
  }

  /**
   * The `count` rows with the largest dot products (fewer where there are no more), best first; of equals the lower row comes
   * first, and those whose score is not a number are left out. Exact: rounded scores only make a shortlist.
   */
  top(vector: Float32Array, count: number): { index: Int32Array; score: Float32Array } {
    this.#vector.set(vector);
    const found = this.#topOfShortlist(vector, count) ?? this.#topOfAll(Math.min(count, this.count));
    return { index: this.#index.slice(0, found), score: this.#score.slice(0, found) };
  }

  #topOfAll(k: number): number {
    const places = [this.#index.byteOffset, this.#score.byteOffset] as const;
    return this.#kernels.top(this.#vector.byteOffset, this.#placed().byteOffset, this.count, this.#stride * 4, k, ...places);
  }

  /** Undefined where a row that is not in the shortlist might belong to the best. */
  #topOfShortlist(vector: Float32Array, count: number): number | undefined {
    const size = count * shortlist;
    if (!this.#rounded || size > this.count / 16) return undefined;
    const places = [this.#index.byteOffset, this.#score.byteOffset] as const;
    const { found, error } = this.#rounded.top(this.#kernels, vector, size, ...places);
    const limit = found < size ? -Infinity : this.#score[size - 1]! + error;
    this.#kernels.scoreSome(this.#vector.byteOffset, this.#placed().byteOffset, found, places[0], this.#stride * 4, places[1]);
    const order = Array.from(this.#index.subarray(0, found), (item, i) => ({ item, score: this.#score[i]! }));
    const best = order.sort((a, b) => b.score - a.score || a.item - b.item).slice(0, count);
    if (best.length > 0 && !(best.at(-1)!.score > limit)) return undefined;
    best.forEach(({ item, score }, i) => {
      this.#index[i] = item;
      this.#score[i] = score;
    });
    return best.length;
  }

  #placed(): Float32Array {
    if (this.#rows) return this.#rows;
    this.#rows = this.#arena.f32(padded(this.count, 4) * this.#stride);
    spread(this.#items, this.#factors, this.#rows, this.#stride);
    return this.#rows;
  }
}
