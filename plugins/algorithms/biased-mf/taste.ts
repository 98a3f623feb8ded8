import type { Viewer } from '../../../recommend/algorithm.ts';
import { LeastSquares } from '../../../math/least-squares.ts';
import { itemOf, type BiasedMfModel } from './model.ts';

/** What a viewer's stars say of the viewer. */
export interface Taste {
  /** how many of the stars the model knows the film of; 0: nothing is known, so that bias and vector are 0 */
  readonly ratings: number;
  readonly bias: number;
  readonly vector: Float32Array;
}

/** Predicting follows predicting for the same viewer, so the last one's taste is kept. */
const last = new WeakMap<BiasedMfModel, { readonly viewer: Viewer; readonly taste: Taste }>();
export function tasteOf(model: BiasedMfModel, viewer: Viewer): Taste {
  const kept = last.get(model);
  if (kept?.viewer === viewer) return kept.taste;
  const taste = foldIn(model, viewer);
  last.set(model, { viewer, taste });
  return taste;
}

/** Bias and vector that explain the viewer's stars best given the films', by the same objective as in training. */
function foldIn(model: BiasedMfModel, { films, stars }: Viewer): Taste {
  const rated = [...films.keys()].filter((i) => !Number.isNaN(stars[i]) && model.ratings[films[i]!]! > 0);
  if (rated.length === 0) return { ratings: 0, bias: 0, vector: new Float32Array(model.factors) };
  const equations = new LeastSquares(1 + model.factors, model.regularisation * rated.length);
  const x = new Float32Array(1 + model.factors).fill(1);
  for (const i of rated) {
    x.set(itemOf(model, films[i]!), 1);
    equations.add(x, 1, stars[i]! - model.mean - model.bias[films[i]!]!);
  }
  const [bias, ...vector] = equations.solve();
  return { ratings: rated.length, bias: bias!, vector: Float32Array.from(vector) };
}
