import { DotScorer } from '../../../math/kernels/dot-scorer.ts';

/** Stars are predicted as mean + the viewer's bias + the film's bias + viewer · film. */
export type BiasedMfModel = {
  readonly mean: number;
  readonly factors: number;
  /** of each film */
  readonly bias: Float32Array;
  /** films × factors */
  readonly items: Float32Array;
  /** how often each film was rated; of films that never were nothing is known */
  readonly ratings: Int32Array;
  readonly regularisation: number;
};

export const itemOf = ({ items, factors }: BiasedMfModel, film: number): Float32Array => items.subarray(film * factors, (film + 1) * factors);

/** Made once in the life of a model. */
const scorers = new WeakMap<BiasedMfModel, DotScorer>();
export function scorerOf(model: BiasedMfModel): DotScorer {
  const scorer = scorers.get(model) ?? new DotScorer(model.items, model.factors);
  scorers.set(model, scorer);
  return scorer;
}
