import type { Random } from '../random.ts';
import type { SparseRows } from '../sparse.ts';
import { Arena } from './arena.ts';
import { innerBytes, placeNet, Structure } from './neumf-memory.ts';
import { densePlaces, embeddingWidth, type NeumfNetwork, type NeumfShape } from './neumf-network.ts';
import { together, type Work } from './threads.ts';

export interface NeumfOptions extends Work {
  /** passes over the positives */
  readonly epochs: number;
  /** drawn anew for each positive, uniformly from the items that are not the user's */
  readonly negatives: number;
  /** positives, with their negatives, to one step of the dense parameters; the embeddings make a step with each sample */
  readonly batch: number;
  /** learning rate of the dense parameters */
  readonly rate: number;
  /** learning rate of the embeddings */
  readonly embeddingRate: number;
  /** by what the learning rates are multiplied after an epoch */
  readonly cooling: number;
  /** λ in ½ λ |x|², which each sample adds for its embeddings */
  readonly decay: number;
  readonly random: Random;
}

/** Adam's β₁ and β₂, as in assembly/neumf.ts. */
const BETAS = [0.9, 0.999] as const;
/** Longer calls would stay in the engine's baseline code. */
const SAMPLES_A_CALL = 20_000;

/**
 * Trains on from the given network, which stays as it is, by binary cross-entropy with sampled negatives and Adam
 * (He et al. 2017). The entries of `positives` are the positives, whatever their numbers; its columns may be fewer than
 * the network's items. The same model for the same random numbers with one thread; several share the embeddings without
 * locks, and average the dense parameters after every few thousand positives.
 * Throws RangeError where a learning rate is so high that the parameters grew without bounds.
 */
export async function trainNeumf(network: NeumfNetwork, positives: SparseRows, options: NeumfOptions): Promise<NeumfNetwork> {
  const arena = new Arena();
  const { size } = densePlaces(network);
  const embeddings = arena.f32(3 * (network.users.length + network.items.length));
  embeddings.set(network.users);
  embeddings.set(network.items, network.users.length);
  const dense = arena.f32(3 * size);
  dense.set(network.dense);
  const net = placeNet(arena, {
    ...network,
    dense,
    size,
    users: embeddings.byteOffset,
    items: embeddings.byteOffset + network.users.byteLength,
    first: embeddings.byteLength / 3,
    second: (2 * embeddings.byteLength) / 3,
  });
  await learn(arena, network, positives, options, { net, dense, items: network.items.length / embeddingWidth(network) });
  const trained = {
    factors: network.factors,
    layers: network.layers,
    users: embeddings.slice(0, network.users.length),
    items: embeddings.slice(network.users.length, embeddings.length / 3),
    dense: dense.slice(0, size),
  };
  if (![trained.users, trained.items, trained.dense].every((part) => part.every(Number.isFinite)))
    throw new RangeError(
      `A learning rate (${options.rate}, of embeddings ${options.embeddingRate}) is too high: the parameters grew without bounds.`,
    );
  return trained;
}

interface Placed {
  readonly net: number;
  /** parameters, first moments, second moments */
  readonly dense: Float32Array;
  readonly items: number;
}

async function learn(arena: Arena, shape: NeumfShape, positives: SparseRows, options: NeumfOptions, { net, dense, items }: Placed): Promise<void> {
  const { epochs, negatives, batch, cooling, random, threads = 1 } = options;
  const step = batch * Math.max(1, Math.floor(SAMPLES_A_CALL / (negatives + 1) / batch));
  const results = arena.f32(threads * dense.length);
  const { row, column, start, index } = samplesOf(arena, positives);
  const lesson = new Structure(arena, 18);
  lesson.integers(0, row.byteOffset, column.byteOffset, 0, step, results.byteOffset, start.byteOffset, index.byteOffset, items, negatives, batch);
  let made = 0;
  await together(arena, options, scratchBytes(shape, dense.length / 3), async ({ run }) => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffleBoth(row, column, random);
      const cooled = cooling ** epoch;
      for (let first = 0; first < row.length; first += threads * step) {
        const total = Math.min(threads * step, row.length - first);
        lesson.integers(2, first);
        lesson.integers(10, Math.floor(random() * 2 ** 32) | 0);
        lesson.numbers(11, options.rate * cooled, options.embeddingRate * cooled, options.decay, ...BETAS.map((beta) => beta ** made));
        await run({ kernel: 'learnNeumf', total, step, same: [net, lesson.address] });
        average(results, Math.ceil(total / step), dense);
        made += Math.ceil(Math.min(step, total) / batch);
        options.progress?.((epoch + (first + total) / row.length) / epochs);
      }
    }
  });
}

/** As assembly/neumf.ts furnishes its room. */
function scratchBytes(shape: NeumfShape, size: number): number {
  return 64 + 16 * size + 8 * (shape.layers[0] ?? 0) + 2 * innerBytes(shape) + 8 * embeddingWidth(shape);
}

function samplesOf(arena: Arena, { rows, start, index }: SparseRows) {
  const samples = { row: arena.i32(index.length), column: arena.i32(index.length), start: arena.i32(rows + 1), index: arena.i32(index.length) };
  samples.column.set(index);
  samples.index.set(index);
  samples.start.set(start);
  for (let r = 0; r < rows; r++) samples.row.fill(r, start[r], start[r + 1]);
  return samples;
}

/** Both arrays in the same random order. */
function shuffleBoth(a: Int32Array, b: Int32Array, random: Random): void {
  for (let last = a.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    const [x, y] = [a[last]!, b[last]!];
    a[last] = a[pick]!;
    b[last] = b[pick]!;
    a[pick] = x;
    b[pick] = y;
  }
}

/** What the first `count` threads made of the dense parameters and their moments, as one. */
function average(results: Float32Array, count: number, dense: Float32Array): void {
  for (let i = 0; i < dense.length; i++) {
    let sum = 0;
    for (let r = 0; r < count; r++) sum += results[r * dense.length + i]!;
    dense[i] = sum / count;
  }
}
