import type { Viewer } from '../../../recommend/algorithm.ts';
import { forLast } from '../../../math/for-last.ts';
import type { OpenRow } from '../../../math/kernels/row-solver.ts';
import { ridge } from '../../../math/kernels/ials.ts';
import type { Preferences } from '../../../math/preferences.ts';
import { itemOf, servingOf, type IalsModel } from './model.ts';

/** The films that speak for the viewer as a row of the factorisation, and the vector that they make. */
export interface Taste {
  readonly row: OpenRow;
  readonly vector: Float32Array;
}

/** Nothing where the viewer likes no film that the model knows. */
export function tasteOf(model: IalsModel, preferences: Preferences): Taste | undefined {
  const row = rowOf(model, preferences);
  return row.index.length > 0 ? { row, vector: servingOf(model).solver.solve(row) } : undefined;
}

/** Dislikes are left unobserved, like films that the viewer does not know. */
function rowOf(model: IalsModel, { films, weight: weights }: Preferences): OpenRow {
  const { items, factors, evidence, trained = evidence.length } = model,
    index = new Int32Array(films.length),
    weight = new Float32Array(films.length);
  let count = 0,
    sum = 0;
  for (let i = 0; i < films.length; i++) {
    if (!(weights[i]! > 0 && evidence[films[i]!]! > 0)) continue;
    index[count] = films[i]!;
    weight[count++] = weights[i]!;
    sum += weights[i]!;
  }
  return { items, width: factors, index: index.subarray(0, count), weight: weight.subarray(0, count), ridge: ridge(model, sum, trained) };
}

/** What each liked film adds to the score of `film`, parallel to the row's entries; the film's own part is 0. */
export function parts(model: IalsModel, { row }: Taste, film: number): Float64Array {
  const found = Float64Array.from(servingOf(model).solver.parts(row, itemOf(model, film)));
  const own = row.index.indexOf(film);
  if (own >= 0) found[own] = 0;
  return found;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

/** The taste of the viewer who was asked about last is kept. */
export const tasteOfViewer = forLast((model: IalsModel, { preferences }: Viewer): Taste | undefined => tasteOf(model, preferences));
