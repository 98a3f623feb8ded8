import { defineAlgorithm } from '../../../core/plugin.ts';
import { trainNeumf } from '../../../math/kernels/neumf.ts';
import { modelOf, type NcfModel } from './model.ts';
import { positivesOf } from './positives.ts';
import { cosines, directionOf, servingOf } from './serving.ts';
import { settings } from './settings.ts';
import { loadTensorFlow, trainerOf } from './tensorflow.ts';
import { trainNetwork } from './training.ts';
import { update } from './update.ts';
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
    return modelOf(network, positives, data, chosen);
  },

  prepare: (model) => servingOf(model).scorer.prepare(),

  score(model, viewer, out) {
    const embedding = embeddingOf(model, viewer);
    if (!embedding) return void out.fill(NaN);
    servingOf(model).scorer.scores(embedding, out);
    out.fill(NaN, model.audience.length);
  },

  similar(model, film, out) {
    out.fill(NaN);
    if (!model.audience[film]) return;
    cosines(model).scores(directionOf(model, film), out);
    out[film] = NaN;
  },

  update,
});
