import { defineAlgorithm } from '../../../core/plugin.ts';
import { embeddingWidth, type NeumfNetwork } from '../../../math/kernels/neumf-network.ts';
import { trainNeumf } from '../../../math/kernels/neumf.ts';
import type { SparseRows } from '../../../math/sparse.ts';
import type { NcfModel } from './model.ts';
import { positivesOf } from './positives.ts';
import { cosines, directionOf, servingOf } from './serving.ts';
import { settings } from './settings.ts';
import { loadTensorFlow, trainerOf } from './tensorflow.ts';
import { trainNetwork } from './training.ts';
import { embeddingOf } from './viewer.ts';

/**
 * Neural collaborative filtering: He, Liao, Zhang, Nie, Hu & Chua, WWW 2017. A film is a positive of a viewer where the
 * viewer's preference for it is above 0. The scores are logits. It gives no reasons: which films of a viewer's made the
 * embedding what it is cannot be told from a network.
 */
export default defineAlgorithm({
  id: 'ncf',
  title: 'Neural collaborative filtering',
  description: 'A neural network that learns from who chose what how films and viewers go together.',
  settings,

  async train(data, training): Promise<NcfModel> {
    const { settings: chosen, signal, progress } = training;
    progress(0, 'collecting what viewers chose');
    signal.throwIfAborted();
    const train = chosen.backend === 'tensorflow' ? trainerOf(await loadTensorFlow()) : trainNeumf;
    const positives = positivesOf(data.preferences);
    const network = await trainNetwork({ ...training, positives, train });
    progress(1, 'done');
    return modelOf(network, positives, data.units, chosen.negatives);
  },

  score(model, viewer, out) {
    out.fill(NaN);
    const embedding = embeddingOf(model, viewer);
    if (!embedding) return;
    servingOf(model).scorer.scores(embedding, out);
    hideUnknown(model, out);
  },

  similar(model, film, out) {
    out.fill(NaN);
    if (!model.audience[film]) return;
    cosines(model).scores(directionOf(model, film), out);
    hideUnknown(model, out);
    out[film] = NaN;
  },
});

function hideUnknown({ audience }: NcfModel, out: Float32Array): void {
  for (let film = 0; film < audience.length; film++) if (audience[film] === 0) out[film] = NaN;
}

function modelOf(network: NeumfNetwork, positives: SparseRows, units: Int32Array, negatives: number): NcfModel {
  const width = embeddingWidth(network);
  const audience = new Int32Array(positives.columns);
  for (const film of positives.index) audience[film]!++;
  const { factors, items, dense } = network;
  const mean = meanRow(network.users, width, positives.start);
  // Rows without a positive learned nothing.
  const users = network.users.slice();
  for (let row = 0; row < positives.rows; row++) if (positives.start[row] === positives.start[row + 1]) users.set(mean, row * width);
  return { factors, layers: Int32Array.from(network.layers), users, items, dense, units, mean, audience, negatives };
}

/** The mean of the rows that have positives. */
function meanRow(rows: Float32Array, width: number, start: Int32Array): Float32Array {
  const sum = new Float64Array(width);
  let count = 0;
  for (let row = 0; row < start.length - 1; row++) {
    if (start[row] === start[row + 1]) continue;
    count++;
    for (let k = 0; k < width; k++) sum[k]! += rows[row * width + k]!;
  }
  return Float32Array.from(sum, (value) => value / Math.max(1, count));
}
