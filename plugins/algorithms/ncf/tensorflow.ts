import type { Tensor, Tensor2D, Scalar, Variable } from '@tensorflow/tfjs-core';
import { AppError } from '../../../core/errors.ts';
import { shuffle, type Random } from '../../../math/random.ts';
import { cell, type SparseRows } from '../../../math/sparse.ts';
import { densePlaces, embeddingWidth, type NeumfNetwork } from '../../../math/kernels/neumf-network.ts';
import type { NeumfOptions, trainNeumf } from '../../../math/kernels/neumf.ts';

/** Its operations: the same in all of its packages. */
export type TensorFlow = typeof import('@tensorflow/tfjs-core');

const packageName: string = '@tensorflow/tfjs-node';

/** TensorFlow, where somebody has installed it: it is large and needs a library of its platform, so it does not come along. */
export async function loadTensorFlow(name = packageName): Promise<TensorFlow> {
  try {
    return (await import(name)) as TensorFlow;
  } catch (cause) {
    const message = `Training with TensorFlow needs ${packageName}: install it with npm install ${packageName}, or set the backend to kernel.`;
    throw new AppError('NO_TENSORFLOW', 422, message, {}, cause);
  }
}

/** Positives in a step: He et al. use 256 samples, but the tables of embeddings are moved whole in each. */
const FEWEST = 256;
const TRIES = 8;

/** What trainNeumf does, by TensorFlow: Adam on everything, in larger steps. */
export const trainerOf =
  (tf: TensorFlow): typeof trainNeumf =>
  async (network, positives, options) => {
    const width = embeddingWidth(network);
    const table = (part: Float32Array): Tensor => tf.tensor2d(part, [part.length / width, width]);
    const parts = tf.tidy(() => ({
      users: tf.variable(table(network.users)),
      items: tf.variable(table(network.items)),
      dense: tf.variable(tf.tensor1d(network.dense)),
    }));
    try {
      await learn(tf, network, parts, positives, options);
      const [users, items, dense] = await Promise.all([parts.users, parts.items, parts.dense].map((part) => part.data()));
      return { factors: network.factors, layers: network.layers, users: asFloats(users!), items: asFloats(items!), dense: asFloats(dense!) };
    } finally {
      tf.dispose(parts);
    }
  };

const asFloats = (data: ArrayLike<number>): Float32Array => Float32Array.from(data);

interface Parts {
  readonly users: Variable;
  readonly items: Variable;
  readonly dense: Variable;
}
interface Samples {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly label: Float32Array;
}

async function learn(tf: TensorFlow, network: NeumfNetwork, parts: Parts, positives: SparseRows, options: NeumfOptions): Promise<void> {
  const { epochs, rate, cooling, batch, random, signal, progress } = options;
  const order = Int32Array.from(positives.index.keys());
  const size = Math.max(batch, FEWEST);
  for (let epoch = 0; epoch < epochs; epoch++) {
    // An optimizer keeps its rate, so each pass begins with new moments.
    const optimizer = tf.train.adam(rate * cooling ** epoch);
    shuffle(order, random);
    for (let from = 0; from < order.length; from += size) {
      signal?.throwIfAborted();
      const samples = draw(positives, order.subarray(from, from + size), options);
      tf.tidy(() => void optimizer.minimize(() => lossOf(tf, network, parts, samples), false, Object.values(parts)));
      await new Promise(setImmediate);
      progress?.((epoch + Math.min(1, (from + size) / order.length)) / epochs);
    }
    optimizer.dispose();
  }
}

/** The positives with these numbers, each with its negatives. */
function draw(positives: SparseRows, entries: Int32Array, { negatives, random }: NeumfOptions): Samples {
  const each = negatives + 1;
  const samples = {
    user: new Int32Array(entries.length * each),
    item: new Int32Array(entries.length * each),
    label: new Float32Array(entries.length * each),
  };
  entries.forEach((entry, i) => {
    const user = rowOf(positives, entry);
    samples.user.fill(user, i * each, (i + 1) * each);
    samples.item[i * each] = positives.index[entry]!;
    samples.label[i * each] = 1;
    for (let n = 1; n < each; n++) samples.item[i * each + n] = negative(positives, user, random);
  });
  return samples;
}

function rowOf({ start, rows }: SparseRows, entry: number): number {
  let low = 0;
  let high = rows - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (start[middle]! <= entry) low = middle;
    else high = middle - 1;
  }
  return low;
}

function negative(positives: SparseRows, user: number, random: Random): number {
  let item = 0;
  for (let tries = 0; tries < TRIES; tries++) {
    item = Math.floor(random() * positives.columns);
    if (cell(positives, user, item) === 0) break;
  }
  return item;
}

/** Mean binary cross-entropy of the samples: the network of math/kernels/neumf-network.ts in TensorFlow's operations. */
export function lossOf(
  tf: TensorFlow,
  network: NeumfNetwork,
  { users, items, dense }: Record<keyof Parts, Tensor>,
  { user, item, label }: Samples,
): Scalar {
  const { factors } = network;
  const places = densePlaces(network);
  const count = label.length;
  const matrix = (from: number, rows: number, columns: number): Tensor2D => tf.reshape(tf.slice(dense, from, rows * columns), [rows, columns]);
  const [p, q] = [tf.gather(users, tf.tensor1d(user, 'int32')), tf.gather(items, tf.tensor1d(item, 'int32'))];
  const part = (of: Tensor, from: number, width: number): Tensor => tf.slice(of, [0, from], [count, width]);
  const top: Tensor[] = factors > 0 ? [tf.mul(part(p, 0, factors), part(q, 0, factors))] : [];
  const first = network.layers[0];
  if (first !== undefined) {
    let x: Tensor = tf.concat([part(p, factors, first), part(q, factors, first)], 1);
    for (const { inputs, outputs, weights, bias } of places.layers)
      x = tf.relu(tf.add(tf.matMul(x, matrix(weights, inputs, outputs)), matrix(bias, 1, outputs)));
    top.push(x);
  }
  const logit = tf.add(tf.matMul(tf.concat(top, 1), matrix(places.output, places.bias - places.output, 1)), matrix(places.bias, 1, 1));
  const y = tf.tensor2d(label, [count, 1]);
  return tf.mean(tf.sub(tf.softplus(logit), tf.mul(y, logit)));
}
