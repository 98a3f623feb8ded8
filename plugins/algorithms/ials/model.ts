import { DotScorer } from '../../../math/kernels/dot-scorer.ts';
import { RowSolver } from '../../../math/kernels/row-solver.ts';
import { norm } from '../../../math/sparse.ts';

export type IalsModel = {
  readonly factors: number;
  /** films × factors; 0 for a film that nobody likes */
  readonly items: Float32Array;
  /** Σ item · itemᵀ */
  readonly gram: Float32Array;
  /** Σ viewer · viewerᵀ, which new films are folded in against, and of how many viewers that is the sum */
  readonly viewerGram: Float32Array;
  readonly viewers: number;
  /** films that there were in training: caution grows with them, and not with those that came since. Models of before it was kept lack it */
  readonly trained?: number;
  /** α₀, the weight of every cell */
  readonly unobserved: number;
  readonly regularisation: number;
  /** ν: how far the regularisation grows with the number of preferences */
  readonly exponent: number;
  /** all preferences for each film together */
  readonly evidence: Float32Array;
  /** the viewers who count in the evidence of a film that has little, as pairs */
  readonly countedFilm: Int32Array;
  readonly countedUnit: Int32Array;
};

/** What serving needs and a model does not hold; made once in the life of a model. */
interface Serving {
  readonly solver: RowSolver;
  readonly scorer: DotScorer;
  length?: Float32Array;
}

const serving = new WeakMap<IalsModel, Serving>();
export function servingOf(model: IalsModel): Serving {
  let made = serving.get(model);
  if (!made) {
    made = {
      solver: new RowSolver(model),
      scorer: new DotScorer(model.items, model.factors, model.evidence),
    };
    serving.set(model, made);
  }
  return made;
}

/** Of each film's vector; 0 for a film that nobody likes. */
export const lengthsOf = (model: IalsModel): Float32Array => (servingOf(model).length ??= model.evidence.map((_, film) => norm(itemOf(model, film))));

export const itemOf = ({ items, factors }: Pick<IalsModel, 'items' | 'factors'>, film: number): Float32Array =>
  items.subarray(film * factors, (film + 1) * factors);
