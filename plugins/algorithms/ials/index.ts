import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { shares } from '../../../math/shares.ts';
import { itemOf, lengthsOf, servingOf } from './model.ts';
import { parts, tasteOfViewer } from './taste.ts';
import { train } from './train.ts';
import { update } from './update.ts';

const settings = z.object({
  factors: z
    .number()
    .int()
    .min(8)
    .max(256)
    .default(128)
    .describe('How many numbers describe a taste: more are more accurate, and the time grows with the square of it'),
  epochs: z.number().int().min(1).max(100).default(12).describe('Rounds of training'),
  unobserved: z
    .number()
    .min(0.001)
    .max(10)
    .default(0.25)
    .describe('How much it counts that a viewer did not choose a film, where choosing one counts 1'),
  regularisation: z.number().min(0.0001).max(10).default(0.25).describe('Caution: higher trusts few preferences less'),
  exponent: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('How the caution grows with the number of preferences: 0 not at all, 1 in proportion, which wants a regularisation of about 0.007'),
});

/**
 * Matrix factorisation for implicit feedback by alternating least squares. The live viewer is folded in by one solve, so
 * that a new rating needs no training.
 * Sources: Hu, Koren & Volinsky, ICDM 2008; Rendle, Krichene, Zhang & Koren, RecSys 2022.
 */
export default defineAlgorithm({
  id: 'ials',
  title: 'Matrix factorisation (iALS)',
  description: 'Learns a taste for every viewer from all that they chose and passed over, and recommends the films nearest to it.',
  settings,
  train,

  prepare: (model) => servingOf(model).scorer.prepare(),

  score(model, viewer, out) {
    const taste = tasteOfViewer(model, viewer);
    if (!taste) return void out.fill(NaN);
    servingOf(model).scorer.scores(taste.vector, out);
    out.fill(NaN, model.evidence.length);
  },

  explain(model, viewer, film, most) {
    const taste = tasteOfViewer(model, viewer);
    return taste && model.evidence[film]! > 0 ? shares(taste.row.index, parts(model, taste, film), most) : [];
  },

  /** Cosine of the two films' vectors. */
  similar(model, film, out) {
    out.fill(NaN);
    const { scorer } = servingOf(model),
      length = lengthsOf(model);
    if (!length[film]) return;
    scorer.scores(itemOf(model, film), out);
    for (let other = 0; other < length.length; other++) out[other] = length[other]! > 0 ? out[other]! / (length[film] * length[other]!) : NaN;
    out[film] = NaN;
  },

  update,
});
