import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import fc from '../harness/properties.ts';
import { embeddingWidth, initialNetwork, type NeumfNetwork, type NeumfShape } from '../../math/kernels/neumf-network.ts';
import type { NeumfOptions } from '../../math/kernels/neumf.ts';
import { normal, seeded } from '../../math/random.ts';
import { addGradient, zerosLike } from '../../math/reference/neumf.ts';
import { rowIndex, sparseRows } from '../../math/sparse.ts';
import { loadTensorFlow, lossOf, trainerOf } from '../../plugins/algorithms/ncf/tensorflow.ts';
import { tf } from './ncf-tensorflow.ts';

const USERS = 3;
const ITEMS = 4;

/** Numbers large enough that every layer has active and inactive units. */
function network(shape: NeumfShape, seed: number): NeumfNetwork {
  const random = seeded(seed);
  const made = initialNetwork(shape, USERS, ITEMS, random);
  const larger = (part: Float32Array): Float32Array => part.map(() => 0.7 * normal(random));
  return { ...made, users: larger(made.users), items: larger(made.items), dense: larger(made.dense) };
}

const sample = fc.tuple(fc.nat(USERS - 1), fc.nat(ITEMS - 1), fc.constantFrom(0, 1));
type Sample = readonly [user: number, item: number, label: number];

/** Loss and gradients of the samples' sum, by TensorFlow. */
function byTensorFlow(net: NeumfNetwork, samples: readonly Sample[]): { loss: number; gradients: ArrayLike<number>[] } {
  const columns = {
    user: Int32Array.from(samples, ([user]) => user),
    item: Int32Array.from(samples, ([, item]) => item),
    label: Float32Array.from(samples, ([, , label]) => label),
  };
  return tf.tidy(() => {
    const width = embeddingWidth(net);
    const at = [tf.tensor2d(net.users, [USERS, width]), tf.tensor2d(net.items, [ITEMS, width]), tf.tensor1d(net.dense)];
    const loss = (users: Tensor, items: Tensor, dense: Tensor): Scalar => tf.mul(lossOf(tf, net, { users, items, dense }, columns), samples.length);
    const { value, grads } = tf.valueAndGrads(loss as (...args: Tensor[]) => Scalar)(at);
    return { loss: value.dataSync()[0]!, gradients: grads.map((gradient) => gradient.dataSync()) };
  });
}

test.each<[string, NeumfShape]>([
  ['GMF', { factors: 8, layers: [] }],
  ['MLP', { factors: 0, layers: [8, 4] }],
  ['NeuMF', { factors: 4, layers: [12, 8, 4] }],
])('the gradients of %s, which the kernels are checked against, are those that TensorFlow finds', (_name, shape) => {
  fc.assert(
    fc.property(fc.nat(1000), fc.array(sample, { minLength: 1, maxLength: 6 }), (seed, samples) => {
      const net = network(shape, seed);
      const found = zerosLike(net);
      const total = samples.reduce((sum, one) => sum + addGradient(net, one, found), 0);
      const { loss, gradients } = byTensorFlow(net, samples);
      expect(total).toBeCloseTo(loss, 3);
      [found.users, found.items, found.dense].forEach((part, i) => {
        expect(gradients[i]).toHaveLength(part.length);
        part.forEach((number, k) => expect(number).toBeCloseTo(gradients[i]![k]!, 3));
      });
    }),
    { numRuns: 20 },
  );
});

describe('training with TensorFlow', () => {
  const positives = sparseRows(USERS, ITEMS, {
    row: Int32Array.of(0, 0, 1, 1, 2),
    column: Int32Array.of(0, 1, 2, 3, 0),
    value: new Float32Array(5).fill(1),
  });
  const options = (more: Partial<NeumfOptions> = {}): NeumfOptions => ({
    epochs: 1,
    negatives: 2,
    batch: 1,
    rate: 0.05,
    embeddingRate: 0.05,
    cooling: 1,
    decay: 0,
    random: seeded(4),
    ...more,
  });
  const start = network({ factors: 4, layers: [8, 4] }, 1);
  const lossAfter = (net: NeumfNetwork): number => {
    let sum = 0;
    for (let user = 0; user < USERS; user++)
      for (let item = 0; item < ITEMS; item++)
        sum += addGradient(net, [user, item, rowIndex(positives, user).includes(item) ? 1 : 0], zerosLike(net));
    return sum;
  };

  test('an epoch lowers the loss, and leaves the given network and no tensors behind', async () => {
    const before = structuredClone(start);
    const held = tf.memory().numTensors;
    const seen: number[] = [];
    const trained = await trainerOf(tf)(start, positives, options({ progress: (fraction) => seen.push(fraction) }));
    expect(start).toEqual(before);
    expect(lossAfter(trained)).toBeLessThan(lossAfter(start));
    expect(tf.memory().numTensors).toBe(held);
    expect(seen.at(-1)).toBe(1);
  });

  test('stops when it is told to', async () => {
    await expect(trainerOf(tf)(start, positives, options({ signal: AbortSignal.abort() }))).rejects.toThrow(/abort/i);
  });

  test('says what to install where the package is missing', async () => {
    await expect(loadTensorFlow('no-such-package')).rejects.toMatchObject({ code: 'NO_TENSORFLOW', status: 422 });
    await expect(loadTensorFlow('no-such-package')).rejects.toThrow('npm install @tensorflow/tfjs-node');
  });
});
