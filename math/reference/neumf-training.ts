import { shuffle, type Random } from '../random.ts';
import { cell, type SparseRows } from '../sparse.ts';
import { embeddingWidth, type NeumfNetwork } from '../kernels/neumf-network.ts';
import type { NeumfOptions } from '../kernels/neumf.ts';
import { addGradient, zerosLike } from './neumf.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
const TRIES = 8;

interface Part {
  readonly value: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** One step of Adam downhill on the numbers from … to − 1, whose gradient becomes 0. */
function adam({ value, gradient, first, second }: Part, [from, to]: readonly [number, number], rate: number, scale: number, decay: number): void {
  for (let i = from; i < to; i++) {
    const slope = scale * gradient[i]! + decay * value[i]!;
    first[i] = BETA1 * first[i]! + (1 - BETA1) * slope;
    second[i] = BETA2 * second[i]! + (1 - BETA2) * slope * slope;
    value[i]! -= (rate * first[i]!) / (Math.sqrt(second[i]!) + EPSILON);
    gradient[i] = 0;
  }
}

/** What trainNeumf does with one thread, written plainly: the same samples in the same order. `step`: positives a call of the kernel. */
export function trainPlainly(network: NeumfNetwork, positives: SparseRows, step: number, options: NeumfOptions): NeumfNetwork {
  const { epochs, batch, negatives, rate, embeddingRate, cooling, decay, random } = options;
  const model = { ...network, users: network.users.slice(), items: network.items.slice(), dense: network.dense.slice() };
  const [gradient, first, second] = [zerosLike(model), zerosLike(model), zerosLike(model)];
  const part = (name: 'users' | 'items' | 'dense'): Part => ({
    value: model[name],
    gradient: gradient[name],
    first: first[name],
    second: second[name],
  });
  const [users, items, dense] = [part('users'), part('items'), part('dense')];
  const width = embeddingWidth(model);
  const span = (row: number): [number, number] => [row * width, (row + 1) * width];
  const rowOf = rowsOf(positives);
  const order = rowOf.map((_, e) => e);
  let steps = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const cooled = cooling ** epoch;
    for (let at = 0, draw: Random = random, size = 0; at < order.length; at++) {
      if (at % step === 0) draw = xorshift((Math.floor(random() * 2 ** 32) ^ Math.imul(at + 1, 0x9e3779b1)) | 1);
      const [row, positive] = [rowOf[order[at]!]!, positives.index[order[at]!]!];
      for (let n = 0; n <= negatives; n++) {
        const item = n === 0 ? positive : negative(positives, row, model.items.length / width, draw);
        addGradient(model, [row, item, n === 0 ? 1 : 0], gradient);
        adam(items, span(item), embeddingRate * cooled, 1, decay);
      }
      adam(users, span(row), embeddingRate * cooled, 1, decay);
      if (++size < batch && (at + 1) % step !== 0 && at + 1 < order.length) continue;
      steps++;
      const corrected = (rate * cooled * Math.sqrt(1 - BETA2 ** steps)) / (1 - BETA1 ** steps);
      adam(dense, [0, model.dense.length], corrected, 1 / (size * (negatives + 1)), 0);
      size = 0;
    }
  }
  return model;
}

function rowsOf({ rows, start, index }: SparseRows): Int32Array {
  const of = new Int32Array(index.length);
  for (let r = 0; r < rows; r++) of.fill(r, start[r], start[r + 1]);
  return of;
}

/** Any item that is not a positive of the row's; after some tries, any. The matrix holds no zeros. */
function negative(positives: SparseRows, row: number, items: number, draw: Random): number {
  let item = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    item = Math.floor(draw() * items);
    if (cell(positives, row, item) === 0) break;
  }
  return item;
}

/** Xorshift with 32 bits (Marsaglia 2003), as the kernel draws: uniform in [0, 1). */
function xorshift(seed: number): Random {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
