import { DotScorer } from '../../../math/kernels/dot-scorer.ts';
import { NeumfScorer } from '../../../math/kernels/neumf-scorer.ts';
import { networkOf, type NcfModel } from './model.ts';

/** Samples that tell how a viewer's embedding should move: as many of the viewer's films, as many of all others. */
export const OWN = 256;
export const OTHERS = 256;

/** What a model needs to serve, made once. Scoring is synchronous, so that nobody else is writing in its arrays. */
export interface Serving {
  readonly scorer: NeumfScorer;
  readonly rowOf: ReadonlyMap<number, number>;
  /** some films that stand for all, spread evenly over those that have an audience */
  readonly others: Int32Array;
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
    scorer: new NeumfScorer(networkOf(model), most),
    rowOf: new Map(Array.from(model.units, (unit, row) => [unit, row])),
    others: spread(model.audience, OTHERS),
    ...{ index: new Int32Array(most), label: vector(most), weight: vector(most) },
    ...{ embedding: vector(width), slope: vector(width), first: vector(width), second: vector(width) },
  };
}

/** At most `count` films that have an audience, evenly spread. */
function spread(audience: Int32Array, count: number): Int32Array {
  const known = Int32Array.from(audience.keys()).filter((film) => audience[film]! > 0);
  if (known.length <= count) return known;
  return Int32Array.from({ length: count }, (_, i) => known[Math.floor((i * known.length) / count)]!);
}

/** The films' vectors at length 1: the factorisation's, or the perceptron's where there is no other. */
export function cosines(model: NcfModel): DotScorer {
  const own = servingOf(model);
  return (own.similar ??= new DotScorer(directions(model), dimensions(model)));
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
