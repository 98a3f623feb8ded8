import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { invertSymmetric } from '../../../math/kernels/inverse.ts';
import { shares } from '../../../math/shares.ts';
import { unseenAfter } from '../../../math/unseen.ts';
import { mostRated, regularisedGram, restrict } from './gram.ts';
import { easeModel, type EaseModel } from './model.ts';
import { contributions, prepare, score, similar } from './serve.ts';
import { update } from './update.ts';

const settings = z.object({
  films: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(3000)
    .describe('Only so many films, those with the most ratings, are recommended: time grows with the cube of it, memory with the square'),
  regularisation: z.number().min(1).max(100_000).default(500).describe('Distrust of what few ratings say: higher is warier'),
  dropout: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.25)
    .describe("Share of a viewer's films that training pretends not to know: higher keeps popular films from leaning on themselves"),
});

/**
 * EASE: the linear model that best predicts each film of a viewer's from all others, in closed form; with `dropout`
 * EDLAE of full rank, whose regularisation grows with a film's ratings. B = I − P · diag(1 / diag P),
 * P = (XᵀX + Λ)⁻¹, Λ = p / (1 − p) · diag(XᵀX) + λ · I. The viewer's row is multiplied by B in the request, so a new rating
 * needs no training and each film's part in a score is exact. Weights between all pairs of films are kept, each
 * rounded to a byte: leaving the small ones out costs more accuracy and no less room. An update joins films that are new; the
 * weights between others wait for the next training, because one row changes all n² of them, and hardly.
 * Sources: Steck, WWW 2019; Steck, NeurIPS 2020.
 */
export default defineAlgorithm({
  id: 'ease',
  title: 'Films that go together (EASE)',
  description:
    'Predicts from each film of the viewer what else belongs to it, for so many of the most rated films as its settings say; the rest is left to the other algorithms.',
  settings,

  async train(data, { settings, signal, progress, threads }): Promise<EaseModel> {
    signal.throwIfAborted();
    const films = mostRated(data.preferences, settings.films);
    const part = (from: number, to: number) => (fraction: number, what: string) => progress(from + fraction * (to - from), what);
    const gram = regularisedGram(restrict(data.preferences, films), { settings, signal, progress: part(0, 0.2) });
    const inverting = part(0.2, 0.99);
    // The strict build: the same data make the same model on every machine.
    if (films.length > 0)
      await invertSymmetric(gram, films.length, {
        threads,
        signal,
        strict: true,
        progress: (fraction) => inverting(fraction, 'solving for all films at once'),
      });
    const model = easeModel(films, gram, unseenAfter(data.preferences));
    signal.throwIfAborted();
    progress(1, 'done');
    return model;
  },

  prepare,
  score,
  explain: (model, viewer, film, most) => shares(viewer.preferences.films, contributions(model, viewer, film), most),
  similar,
  update,
});
