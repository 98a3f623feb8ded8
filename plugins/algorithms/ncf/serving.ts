import { DotScorer } from '../../../math/kernels/dot-scorer.ts';
import { NeumfScorer } from '../../../math/kernels/neumf-scorer.ts';
import type { RowSolver } from '../../../math/kernels/row-solver.ts';
import { solverOf } from './least-squares.ts';
import { isSolved, networkOf, type NcfModel } from './model.ts';

/** Samples that tell how a viewer's embedding should move: so many of the viewer's films at most, so many of the others. */
export const OWN = 192;
export const OTHERS = 192;

/** Films whose whole score is computed, in catalogues that have many more of them: the best by the factorisation. */
const CANDIDATES = 256;

/** What a model needs to serve, made once. Scoring is synchronous, so that nobody else is writing in its arrays. */
export interface Serving {
  readonly scorer: NeumfScorer;
  /** of the viewer's half of the factorisation, where least squares give it */
  readonly solver: RowSolver | undefined;
  readonly rowOf: ReadonlyMap<number, number>;
  /** films that have an audience, ascending */
  readonly known: Int32Array;
  /** a viewer's samples; the first `count` are valid */
  readonly index: Int32Array;
  readonly label: Float32Array;
  readonly weight: Float32Array;
  readonly embedding: Float32Array;
  readonly slope: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** cosines of films, made when first asked for */
  similar?: DotScorer;
}

const serving = new WeakMap<NcfModel, Serving>();

export function servingOf(model: NcfModel): Serving {
  let made = serving.get(model);
  if (!made) serving.set(model, (made = make(model)));
  return made;
}

function make(model: NcfModel): Serving {
  const width = model.mean.length;
  const vector = (length: number): Float32Array => new Float32Array(length);
  const most = OWN + OTHERS;
  return {
    scorer: new NeumfScorer(networkOf(model), most, CANDIDATES, model.audience),
    solver: isSolved(model) ? solverOf(model.factors, model.gram) : undefined,
    rowOf: new Map(Array.from(model.units, (unit, row) => [unit, row])),
    known: knownIn(model),
    index: new Int32Array(most),
    label: vector(most),
    weight: vector(most),
    embedding: vector(width),
    slope: vector(width),
    first: vector(width),
    second: vector(width),
  };
}

function knownIn({ audience }: NcfModel): Int32Array {
  const films: number[] = [];
  for (let film = 0; film < audience.length; film++) if (audience[film]! > 0) films.push(film);
  return Int32Array.from(films);
}

/** The films' vectors at length 1: the factorisation's, or the perceptron's where there is no other. */
export function cosines(model: NcfModel): DotScorer {
  const own = servingOf(model);
  return (own.similar ??= new DotScorer(directions(model), dimensions(model), model.audience));
}

const dimensions = ({ factors, mean }: NcfModel): number => factors || mean.length;

function directions(model: NcfModel): Float32Array {
  const [width, kept] = [model.mean.length, dimensions(model)];
  const unit = new Float32Array(model.audience.length * kept);
  model.audience.forEach((_, film) => {
    const vector = model.items.subarray(film * width, film * width + kept);
    const length = Math.hypot(...vector);
    if (length > 0) vector.forEach((value, k) => (unit[film * kept + k] = value / length));
  });
  return unit;
}

export const directionOf = (model: NcfModel, film: number): Float32Array => {
  const [width, kept] = [model.mean.length, dimensions(model)];
  const vector = model.items.slice(film * width, film * width + kept);
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
};
