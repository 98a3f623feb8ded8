import { initialNetwork, type NeumfShape } from '../math/kernels/neumf-network.ts';
import { trainNeumf, type NeumfOptions } from '../math/kernels/neumf.ts';
import { seeded } from '../math/random.ts';
import { trainPlainly } from '../math/reference/neumf-training.ts';
import type { SparseRows } from '../math/sparse.ts';
import { cpu } from './timing.ts';

/** The network that the plugin trains, both parts together. */
const shape: NeumfShape = { factors: 64, layers: [16, 8] };
const settings = { negatives: 4, batch: 64, rate: 0.001, embeddingRate: 0.001, cooling: 1, decay: 0 };
const options = (more: Partial<NeumfOptions> = {}): NeumfOptions => ({ ...settings, epochs: 2, random: seeded(1), ...more });
/** Rows that the reference is measured on. */
const SOME = 60;

/** An epoch of NeuMF: CPU ms of the reference (from its first rows) and of the kernel; by the clock, in one thread and in two. */
export async function neuralEpoch(
  matrix: SparseRows,
): Promise<readonly [title: string, reference: number, kernel: number, one: number, two: number]> {
  const network = initialNetwork(shape, matrix.rows, matrix.columns, seeded(1));
  const some = { ...matrix, rows: SOME, start: matrix.start.slice(0, SOME + 1), index: matrix.index.slice(0, matrix.start[SOME]) };
  const since = cpu();
  trainPlainly(network, some, some.index.length, options({ epochs: 1 }));
  const reference = ((cpu() - since) / some.index.length) * matrix.index.length;
  const [one, two] = [await secondEpoch(1), await secondEpoch(2)];
  const microseconds = (1000 * one.busy) / (matrix.index.length * (1 + settings.negatives));
  return [`NeuMF 64, 32-16-8: an epoch (${microseconds.toFixed(2)} µs a sample)`, reference, one.busy, one.wall, two.wall];

  async function secondEpoch(threads: number): Promise<{ busy: number; wall: number }> {
    let [busy, wall] = [0, 0];
    const progress = (fraction: number): void => {
      if (fraction === 0.5) [busy, wall] = [cpu(), performance.now()];
    };
    await trainNeumf(network, matrix, options({ threads, progress }));
    return { busy: cpu() - busy, wall: performance.now() - wall };
  }
}
