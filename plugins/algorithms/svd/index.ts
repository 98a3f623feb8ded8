import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { DotScorer } from '../../../math/kernels/dot-scorer.ts';
import { shares } from '../../../math/shares.ts';
import { rowNorms, transpose, type SparseRows } from '../../../math/sparse.ts';
import { truncatedSvd } from '../../../math/truncated-svd.ts';
import { unseenAfter } from '../../../math/unseen.ts';
import { columnScale, dot, rowScale, type SvdModel } from './model.ts';
import { parts, tasteOf } from './taste.ts';
import { update } from './update.ts';

const settings = z.object({
  rank: z.number().int().min(1).max(256).default(32).describe('How many dimensions of taste'),
  iterations: z.number().int().min(0).max(20).default(3).describe('Rounds of subspace iteration: more are more accurate and slower'),
  popularityDamping: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('0: often rated films shape the dimensions most; 1: every film shapes them alike'),
});

/**
 * PureSVD with the scaling of EigenRec: the matrix of preferences, balanced, is cut to its largest right singular
 * vectors V. A viewer's row is folded in as row · V · Vᵀ, so that a new rating needs no training.
 * Sources: Cremonesi, Koren & Turrin, RecSys 2010; Nikolakopoulos et al., Knowledge and Information Systems 58 (2019).
 */
export default defineAlgorithm({
  id: 'svd',
  title: 'Matrix factorisation (SVD)',
  description: 'Finds the dimensions of taste that explain who rated what, and films that lie near the viewer in them.',
  settings,

  train(data, { settings: { rank, iterations, popularityDamping }, random, signal, progress }): SvdModel {
    progress(0, 'balancing');
    signal.throwIfAborted();
    const { matrix, scale } = balance(data.preferences, popularityDamping);
    const onRound = (fraction: number): void => {
      progress(fraction * 0.99, 'finding dimensions of taste');
      signal.throwIfAborted();
    };
    const { right, values } = truncatedSvd(matrix, { rank, iterations, random, onRound });
    const columns = right.data.map((value, i) => value * values[i % right.columns]!);
    const length = Float32Array.from(data.films, (_, film) => Math.sqrt(dot(columns, film, columns, film, right.columns)));
    progress(1, 'done');
    return {
      rank: right.columns,
      factors: Float32Array.from(right.data),
      singular: Float32Array.from(values),
      length,
      scale,
      damping: popularityDamping,
      ...unseenAfter(data.preferences),
    };
  },

  prepare: (model) => scorerOf(model).prepare(),

  score(model, viewer, out) {
    const taste = tasteOf(model, viewer);
    if (!taste) return void out.fill(NaN);
    scorerOf(model).scores(taste.place, out);
    out.fill(NaN, model.length.length);
  },

  explain(model, viewer, film, most) {
    const taste = tasteOf(model, viewer);
    return taste && model.length[film]! > 0 ? shares(taste.films, parts(model, taste, film), most) : [];
  },

  /** Cosine of the two films' columns in the cut matrix: V alone would give rarely rated films chance neighbours. */
  similar(model, film, out) {
    out.fill(NaN);
    const { rank, factors, singular, length } = model;
    if (!length[film]) return;
    const column = singular.map((value, c) => (value * value * factors[film * rank + c]!) / length[film]!);
    scorerOf(model).scores(column, out);
    length.forEach((other, i) => {
      out[i]! /= other;
    });
    out[film] = NaN;
  },

  update,
});

/**
 * Divides each column by its length to the power of `damping`, so that blockbusters do not fill the dimensions, and
 * each row by the root of its length, so that busy viewers do not.
 */
function balance(matrix: SparseRows, damping: number): { matrix: SparseRows; scale: Float32Array } {
  const row = rowNorms(matrix).map(rowScale);
  const scale = rowNorms(transpose(matrix)).map((norm) => columnScale(norm, damping));
  const value = matrix.value.slice();
  for (let r = 0; r < matrix.rows; r++) {
    for (let e = matrix.start[r]!; e < matrix.start[r + 1]!; e++) value[e]! *= row[r]! * scale[matrix.index[e]!]!;
  }
  return { matrix: { ...matrix, value }, scale };
}

/** Each known film's factors times the vector; made once in the life of a model. */
const scorers = new WeakMap<SvdModel, DotScorer>();
function scorerOf(model: SvdModel): DotScorer {
  const scorer = scorers.get(model) ?? new DotScorer(model.factors, model.rank, model.length);
  scorers.set(model, scorer);
  return scorer;
}
