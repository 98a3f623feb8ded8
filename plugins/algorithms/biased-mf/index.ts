import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { biasedMf } from '../../../math/kernels/biased-mf.ts';
import { itemOf, scorerOf, type BiasedMfModel } from './model.ts';
import { tasteOf } from './taste.ts';

const settings = z.object({
  factors: z.number().int().min(1).max(256).default(80).describe('How many numbers describe a taste'),
  epochs: z.number().int().min(1).max(500).default(100).describe('Rounds of training'),
  rate: z.number().min(0.0001).max(0.1).default(0.005).describe('Learning rate: lower is slower and may be more accurate'),
  regularisation: z.number().min(0.001).max(1).default(0.05).describe('Caution: higher keeps predictions nearer to the averages'),
});

/** Standard deviation of the first, random factors. */
const deviation = 0.001;

/**
 * Matrix factorisation with biases, learnt by stochastic gradient descent, for predicting stars. The live viewer's bias
 * and vector are folded in from the stars, by ridge regression on the films' vectors.
 * Source: Koren, Bell & Volinsky, IEEE Computer 42(8), 2009.
 */
export default defineAlgorithm({
  id: 'biased-mf',
  title: 'Predicted stars',
  description:
    'Predicts the stars that a viewer would give a film, for its page; it needs no weight in a blend, as films with the highest prediction are rarely the ones a viewer chooses.',
  settings,

  async train({ ratings, films }, { settings, random, threads, signal, progress }): Promise<BiasedMfModel> {
    progress(0, 'sorting ratings');
    signal.throwIfAborted();
    const learnt = await biasedMf(ratings, {
      ...settings,
      deviation,
      random,
      threads,
      signal,
      progress: (fraction) => progress(fraction * 0.99, 'learning from ratings'),
    });
    const count = new Int32Array(films.length);
    for (const film of ratings.index) count[film]!++;
    progress(1, 'done');
    const { mean, factors, columnBias, columns } = learnt;
    return { mean, factors, bias: columnBias, items: columns, ratings: count, regularisation: settings.regularisation };
  },

  /** The predicted stars, not clipped; those of an average viewer where the viewer gave none. */
  score(model, viewer, out) {
    out.fill(NaN);
    const { bias, vector } = tasteOf(model, viewer);
    scorerOf(model).scores(vector, out);
    for (let film = 0; film < model.bias.length; film++)
      out[film] = model.ratings[film]! > 0 ? out[film]! + model.mean + bias + model.bias[film]! : NaN;
  },

  predict(model, viewer, film) {
    const { ratings, bias, vector } = tasteOf(model, viewer);
    if (ratings === 0 || !model.ratings[film]) return undefined;
    const stars = itemOf(model, film).reduce((sum, value, i) => sum + value * vector[i]!, model.mean + bias + model.bias[film]!);
    return Math.min(5, Math.max(0.5, stars));
  },
});
