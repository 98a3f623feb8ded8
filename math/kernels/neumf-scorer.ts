import { finish, pieces, type Slices } from '../slices.ts';
import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { innerBytes, placeNet } from './neumf-memory.ts';
import { densePlaces, embeddingWidth, type NeumfNetwork } from './neumf-network.ts';
import { EXACT, RoundedRows } from './rounded-rows.ts';
import { padded, sortingScratch } from './sizes.ts';

/** Items with what is known of them: label 1 or 0, and how much each counts. */
export interface NeumfSamples {
  readonly index: Int32Array;
  readonly label: Float32Array;
  readonly weight: Float32Array;
}

/** Networks of so many items for each candidate are computed whole. */
const WHOLE = 4;
/** Items that are prepared in one slice. */
const SLICE = 1024;

/**
 * A trained network kept where the kernels reach it, for serving: scores all items for a user's embedding, and tells how
 * an embedding should move. The items' half of the first layer, and the GMF factors times the output's weights, are worked
 * out once. Its memory goes with the object. It has one place for a user: not to be called from within itself.
 */
export class NeumfScorer {
  readonly #network: NeumfNetwork;
  readonly #kernels: Kernels;
  readonly #net: number;
  readonly #scratch: number;
  readonly #count: number;
  /** as the items are prepared: GMF factors, then the user's half of the first layer with its bias */
  readonly #user: Float32Array;
  readonly #slope: Float32Array;
  readonly #score: Float32Array;
  readonly #samples: NeumfSamples;
  /** whether all items are candidates */
  readonly #exact: boolean;
  /** the items whose layers are computed, and their whole scores */
  readonly #candidates: Int32Array;
  readonly #whole: Float32Array;
  /** for choosing them */
  readonly #sorting: number;
  readonly #rounded: RoundedRows | undefined;
  readonly #unknown: Int32Array;
  readonly #preparing: Slices;

  /**
   * @param most how many samples `slope` takes at most
   * @param candidates how many items get the layers' part of their score, if there are more than four times as many
   * @param known one an item: those with 0 have no score; without it all have
   * Throws RangeError where the memory does not suffice.
   */
  constructor(network: NeumfNetwork, most: number, candidates: number, known?: ArrayLike<number>) {
    const arena = new Arena();
    const width = embeddingWidth(network);
    this.#network = network;
    this.#count = network.items.length / width;
    const items = arena.f32(network.items.length);
    const dense = arena.f32(network.dense.length);
    dense.set(network.dense);
    this.#user = arena.f32(width);
    this.#slope = arena.f32(width);
    this.#score = arena.f32(padded(this.#count, 4)).fill(Number.NaN);
    this.#exact = network.factors === 0 || this.#count <= WHOLE * candidates;
    this.#candidates = arena.i32(this.#exact ? this.#count : candidates);
    this.#whole = arena.f32(this.#candidates.length);
    this.#sorting = arena.i32(sortingScratch(this.#score.length) / 4).byteOffset;
    const unknown: number[] = [];
    for (let item = 0; item < this.#count; item++) {
      if (known?.[item] === 0) unknown.push(item);
      if (this.#exact) this.#candidates[item] = item;
    }
    this.#unknown = Int32Array.from(unknown);
    this.#samples = { index: arena.i32(most), label: arena.f32(most), weight: arena.f32(most) };
    this.#scratch = arena.f32((2 * innerBytes(network)) / 4).byteOffset;
    this.#net = placeNet(arena, { ...network, dense, size: dense.length, users: 0, items: items.byteOffset });
    this.#kernels = instantiate(kernelModule(), arena.memory);
    if (!this.#exact && this.#count > EXACT) this.#rounded = new RoundedRows(arena, items, { factors: network.factors, stride: width, known });
    this.#preparing = this.#prepareItems(items, width);
  }

  /** The items' part of the work, which the first call would do otherwise. */
  prepare(): Slices {
    return this.#preparing;
  }

  *#prepareItems(items: Float32Array, width: number): Slices {
    for (const [from, to] of pieces(this.#count, SLICE)) {
      for (let item = from; item < to; item++) this.#prepareItem(item, items.subarray(item * width, (item + 1) * width));
      yield;
    }
    if (this.#rounded) yield* this.#rounded.prepare();
  }

  /**
   * The score (logit) of each item for the user of this embedding, into `out`. Where there are many items, the layers are
   * computed of those with the highest GMF parts only, and the others get the lowest of what these add: a lower bound, as
   * far as they are concerned that might come to the top. Of more than EXACT items the GMF parts of the others are rounded.
   */
  scores(embedding: Float32Array, out: Float32Array): void {
    this.#prepareUser(embedding);
    if (!this.#exact) this.#scoreAll(embedding);
    else {
      this.#scoreCandidates(this.#count);
      for (const item of this.#unknown) this.#whole[item] = Number.NaN;
    }
    out.set((this.#exact ? this.#whole : this.#score).subarray(0, this.#count));
  }

  #scoreAll(embedding: Float32Array): void {
    const score = this.#score;
    if (this.#rounded) this.#rounded.scores(this.#kernels, embedding.subarray(0, this.#network.factors), score.byteOffset);
    else {
      this.#kernels.scoreGmf(this.#net, this.#user.byteOffset, this.#count, score.byteOffset);
      for (const item of this.#unknown) score[item] = Number.NaN;
    }
    score.fill(Number.NaN, this.#count);
    const found = this.#kernels.head(score.byteOffset, score.length, this.#candidates.length, this.#candidates.byteOffset, this.#sorting);
    this.#scoreCandidates(found);
    let lowest = Infinity;
    for (let c = 0; c < found; c++) lowest = Math.min(lowest, this.#whole[c]! - score[this.#candidates[c]!]!);
    if (found > 0) this.#kernels.shift(score.byteOffset, lowest, score.length);
    for (let c = 0; c < found; c++) score[this.#candidates[c]!] = this.#whole[c]!;
  }

  #scoreCandidates(count: number): void {
    const [index, whole] = [this.#candidates.byteOffset, this.#whole.byteOffset];
    this.#kernels.scoreNeumf(this.#scratch, this.#net, this.#user.byteOffset, count, index, whole);
  }

  /** The gradient of the samples' weighted log likelihood by the embedding, into `out`: which way it should move. */
  slope(embedding: Float32Array, { index, label, weight }: NeumfSamples, out: Float32Array): void {
    this.#prepareUser(embedding);
    this.#samples.index.set(index);
    this.#samples.label.set(label);
    this.#samples.weight.set(weight);
    this.#slope.fill(0);
    const places = [this.#samples.index, this.#samples.label, this.#samples.weight, this.#slope].map((array) => array.byteOffset);
    const [indexes, labels, weights, slope] = places as [number, number, number, number];
    this.#kernels.slopeNeumf(this.#scratch, this.#net, this.#user.byteOffset, index.length, indexes, labels, weights, slope);
    this.#toEmbedding(out);
  }

  /** A row as assembly/neumf-serve.ts wants it. */
  #prepareItem(item: number, row: Float32Array): void {
    const { factors, items, dense, layers } = this.#network;
    const width = row.length;
    const { output } = densePlaces(this.#network);
    for (let f = 0; f < factors; f++) row[f] = items[item * width + f]! * dense[output + f]!;
    if (layers.length > 0) addHalf(this.#network, items.subarray(item * width + factors, (item + 1) * width), 1, row.subarray(factors));
  }

  #prepareUser(embedding: Float32Array): void {
    finish(this.#preparing);
    const { factors, dense, layers } = this.#network;
    this.#user.set(embedding);
    if (layers.length === 0) return;
    const { bias, outputs } = densePlaces(this.#network).layers[0]!;
    this.#user.set(dense.subarray(bias, bias + outputs), factors);
    addHalf(this.#network, embedding.subarray(factors), 0, this.#user.subarray(factors));
  }

  /** From the slope of the prepared user to the embedding's. */
  #toEmbedding(out: Float32Array): void {
    const { factors, dense, layers } = this.#network;
    out.set(this.#slope);
    const width = layers[0] ?? 0;
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += dense[i * width + j]! * this.#slope[factors + j]!;
      out[factors + i] = sum;
    }
  }
}

/** out += input · the user's (0) or the item's (1) half of the first layer's weights */
function addHalf({ dense }: NeumfNetwork, input: Float32Array, half: 0 | 1, out: Float32Array): void {
  const width = out.length;
  for (let i = 0, at = half * width * width; i < width; i++) for (let j = 0; j < width; j++) out[j]! += input[i]! * dense[at++]!;
}
