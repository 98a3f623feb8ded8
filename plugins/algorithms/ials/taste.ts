import type { Viewer } from '../../../recommend/algorithm.ts';
import type { FoldInScorer } from '../../../math/kernels/fold-in-scorer.ts';
import { ridge } from '../../../math/kernels/ials.ts';
import type { Preferences } from '../../../math/preferences.ts';
import { itemOf, servingOf, type IalsModel } from './model.ts';

/** The films that speak for the viewer, and the viewer's vector, which is what they make of it. */
export interface Taste extends Preferences {
  readonly vector: Float32Array;
}

/** Nothing where the viewer likes no film that the model knows. */
export function tasteOf(model: IalsModel, preferences: Preferences): Taste | undefined {
  const { films, weight } = liked(model, preferences);
  if (films.length === 0) return undefined;
  return { films, weight, vector: servingOf(model).scorer.foldIn(films, weight, ridgeOf(model, weight)) };
}

/** Dislikes are left unobserved, like films that the viewer does not know. */
function liked({ evidence }: IalsModel, { films, weight }: Preferences): Preferences {
  const counts = (i: number): boolean => weight[i]! > 0 && evidence[films[i]!]! > 0;
  return { films: films.filter((_, i) => counts(i)), weight: weight.filter((_, i) => counts(i)) };
}

/**
 * The score of a film is Σ w · y · S⁻¹ · y(film) over the liked films, where S is the left side of the equations that
 * the viewer's vector solves: each summand is the part that one liked film has in it (Hu, Koren & Volinsky 2008,
 * section 5). Parallel to the liked films; the film's own part is 0.
 */
export function parts(model: IalsModel, taste: Taste, film: number): Float64Array {
  const direction = solverOf(model, taste)(itemOf(model, film));
  const { films, weight } = taste;
  const found = new Float64Array(films.length);
  for (let i = 0; i < films.length; i++) if (films[i] !== film) found[i] = weight[i]! * product(model, films[i]!, direction);
  return found;
}

/** Solves the viewer's equations; worked out when the first film is explained. */
type Solver = ReturnType<FoldInScorer['solver']>;
const solvers = new WeakMap<Taste, Solver>();
function solverOf(model: IalsModel, taste: Taste): Solver {
  const { films, weight } = taste;
  const solver = solvers.get(taste) ?? servingOf(model).scorer.solver(films, weight, ridgeOf(model, weight));
  solvers.set(taste, solver);
  return solver;
}

function product({ items, factors }: IalsModel, film: number, vector: Float32Array): number {
  let total = 0;
  for (let f = 0, at = film * factors; f < factors; f++) total += items[at + f]! * vector[f]!;
  return total;
}

const ridgeOf = (model: IalsModel, weight: Float32Array): number => ridge(model, sum(weight), model.evidence.length);

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

/** Explaining follows scoring, so the taste of the viewer who was scored last is kept. */
const last = new WeakMap<IalsModel, { readonly viewer: Viewer; readonly taste: Taste | undefined }>();
export function tasteOfViewer(model: IalsModel, viewer: Viewer): Taste | undefined {
  const kept = last.get(model);
  if (kept?.viewer === viewer) return kept.taste;
  const taste = tasteOf(model, viewer.preferences);
  last.set(model, { viewer, taste });
  return taste;
}
