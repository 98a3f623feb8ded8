import fc from '../harness/properties.ts';
import { NeumfScorer } from '../../math/kernels/neumf-scorer.ts';
import { initialNetwork, embeddingWidth, type NeumfNetwork, type NeumfShape } from '../../math/kernels/neumf-network.ts';
import { trainNeumf, type NeumfOptions } from '../../math/kernels/neumf.ts';
import { normal, seeded } from '../../math/random.ts';
import { addGradient, logitOf, zerosLike } from '../../math/reference/neumf.ts';
import { trainPlainly } from '../../math/reference/neumf-training.ts';
import { sparseRows, type SparseRows } from '../../math/sparse.ts';

const USERS = 5;
const ITEMS = 9;
const shapes = fc
  .record({
    factors: fc.constantFrom(0, 4, 8, 12, 36),
    layers: fc.constantFrom<readonly number[]>([], [4], [16, 8], [20, 12, 4], [64, 32, 16, 8]),
  })
  .filter(({ factors, layers }) => factors + layers.length > 0);

function network(shape: NeumfShape, seed: number): NeumfNetwork {
  const random = seeded(seed);
  const made = initialNetwork(shape, USERS, ITEMS, random);
  const larger = (part: Float32Array): Float32Array => part.map(() => 0.4 * normal(random));
  return { ...made, users: larger(made.users), items: larger(made.items) };
}

function somePositives(seed: number): SparseRows {
  const random = seeded(seed);
  const cells = Array.from({ length: 14 }, () => [Math.floor(random() * USERS), Math.floor(random() * ITEMS)] as const);
  return sparseRows(USERS, ITEMS, {
    row: Int32Array.from(cells, ([row]) => row),
    column: Int32Array.from(cells, ([, column]) => column),
    value: new Float32Array(cells.length).fill(1),
  });
}

const options = (seed: number, more: Partial<NeumfOptions> = {}): NeumfOptions => ({
  epochs: 2,
  negatives: 3,
  batch: 4,
  rate: 0.01,
  embeddingRate: 0.005,
  cooling: 0.9,
  decay: 0.01,
  random: seeded(seed),
  ...more,
});
/** More than there are: one call of the kernel an epoch. */
const STEP = 100_000;

const close = (a: Float32Array, b: Float32Array): number => a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);

/**
 * Where a layer's input is nearly 0, rounding decides on which side of the kink it lies, and Adam's step goes one way or the
 * other: rare, and not among the cases that are drawn.
 */
test('training agrees with the reference, sample by sample', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.nat(1000), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 20 }), async (shape, seed, negatives, batch) => {
      const start = network(shape, seed);
      const positives = somePositives(seed);
      const kernel = await trainNeumf(start, positives, options(seed, { negatives, batch, strict: true }));
      const plain = trainPlainly(start, positives, STEP, options(seed, { negatives, batch }));
      for (const part of ['users', 'items', 'dense'] as const) expect(close(kernel[part], plain[part])).toBeLessThan(2e-3);
    }),
  );
});

test('leaves the given network as it is, and comes to the same for the same random numbers', async () => {
  const start = network({ factors: 8, layers: [16, 8] }, 3);
  const before = structuredClone(start);
  const once = await trainNeumf(start, somePositives(3), options(1));
  expect(start).toEqual(before);
  expect(await trainNeumf(start, somePositives(3), options(1))).toEqual(once);
  expect(await trainNeumf(start, somePositives(3), options(2))).not.toEqual(once);
});

test('lowers the loss on what it is taught, with several threads too', async () => {
  const positives = somePositives(8);
  const start = network({ factors: 8, layers: [16, 8] }, 5);
  const lossOf = (net: NeumfNetwork): number => {
    let sum = 0;
    for (let user = 0; user < USERS; user++)
      for (let item = 0; item < ITEMS; item++) {
        const own = positives.index.subarray(positives.start[user], positives.start[user + 1]).includes(item);
        sum += addGradient(net, [user, item, own ? 1 : 0], zerosLike(net));
      }
    return sum;
  };
  for (const threads of [1, 2]) {
    const trained = await trainNeumf(start, positives, options(1, { epochs: 60, decay: 0, cooling: 1, batch: 1, threads }));
    expect(lossOf(trained)).toBeLessThan(0.5 * lossOf(start));
  }
});

test('stops when it is told to, and tells how far it is', async () => {
  const start = network({ factors: 8, layers: [] }, 1);
  await expect(trainNeumf(start, somePositives(1), options(1, { signal: AbortSignal.abort() }))).rejects.toThrow(/abort/i);
  const seen: number[] = [];
  await trainNeumf(start, somePositives(1), options(1, { epochs: 3, progress: (fraction) => seen.push(fraction) }));
  expect(seen).toEqual([1 / 3, 2 / 3, 1]);
});

test('says when a learning rate is too high', async () => {
  const start = network({ factors: 8, layers: [] }, 1);
  await expect(trainNeumf(start, somePositives(1), options(1, { rate: Infinity }))).rejects.toThrow(/learning rate .* too high/);
});

test('the scorer agrees with the reference: scores of all items, and the way an embedding should move', () => {
  fc.assert(
    fc.property(shapes, fc.nat(1000), (shape, seed) => {
      const net = network(shape, seed);
      const width = embeddingWidth(shape);
      const scorer = new NeumfScorer(net, 4, ITEMS);
      const embedding = net.users.subarray(width, 2 * width);
      const scores = new Float32Array(ITEMS);
      scorer.scores(embedding, scores);
      scores.forEach((score, item) => expect(score).toBeCloseTo(logitOf(net, 1, item), 3));
      const samples = { index: Int32Array.of(2, 5, 2), label: Float32Array.of(1, 0, 1), weight: Float32Array.of(1, 2.5, 0.5) };
      const slope = new Float32Array(width);
      scorer.slope(embedding, samples, slope);
      const expected = new Float32Array(width);
      samples.index.forEach((item, i) => {
        const gradient = zerosLike(net);
        addGradient(net, [1, item, samples.label[i]!], gradient);
        gradient.users.subarray(width, 2 * width).forEach((value, k) => (expected[k]! -= samples.weight[i]! * value));
      });
      expect(close(slope, expected)).toBeLessThan(1e-3);
    }),
  );
});

test('of many items the layers are computed of the best by GMF, and the others stay below what they might add', () => {
  const count = 5000;
  const random = seeded(2);
  const made = initialNetwork({ factors: 8, layers: [16, 8] }, 1, count, random);
  const net = { ...made, users: made.users.map(() => normal(random)), items: made.items.map(() => normal(random)) };
  const [all, few] = [new Float32Array(count), new Float32Array(count)];
  new NeumfScorer(net, 1, count).scores(net.users, all);
  new NeumfScorer(net, 1, 500).scores(net.users, few);
  const exact = [...few.keys()].filter((item) => Math.abs(few[item]! - all[item]!) < 1e-4);
  expect(exact.length).toBeGreaterThan(400);
  expect(exact.length).toBeLessThan(501);
  const best = [...all.keys()].toSorted((a, b) => all[b]! - all[a]!).slice(0, 10);
  const found = [...few.keys()].toSorted((a, b) => few[b]! - few[a]!).slice(0, 10);
  expect(found.filter((item) => best.includes(item)).length).toBeGreaterThan(7);
});
