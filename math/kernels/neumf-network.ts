import { normal, type Random } from '../random.ts';

/** How a NeuMF network is built; all widths are multiples of 4, which the kernels take at once. */
export interface NeumfShape {
  /** of GMF: 0 leaves it out */
  readonly factors: number;
  /** widths of the MLP's hidden layers, bottom up; the input is twice as wide as the first. None leaves the MLP out. */
  readonly layers: readonly number[];
}

/**
 * Neural matrix factorisation (He et al. 2017): a sample's score (logit) is the output's weights times
 * [GMF: user ⊙ item, MLP: the last hidden layer over user and item], and its bias.
 */
export interface NeumfNetwork extends NeumfShape {
  /** users × embedding: GMF factors, then the MLP's */
  readonly users: Float32Array;
  /** items × embedding */
  readonly items: Float32Array;
  /** layer by layer weights (inputs × outputs) and bias; the output's weights; its bias and three zeros */
  readonly dense: Float32Array;
}

/** Numbers in an embedding. */
export const embeddingWidth = ({ factors, layers }: NeumfShape): number => factors + (layers[0] ?? 0);

/** Where a hidden layer's parameters are in `dense`. */
export interface LayerPlace {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly bias: number;
}

/** Where everything is in `dense`. */
export function densePlaces({ factors, layers }: NeumfShape): { layers: readonly LayerPlace[]; output: number; bias: number; size: number } {
  let at = 0;
  const places = layers.map((outputs, l): LayerPlace => {
    const inputs = l === 0 ? 2 * outputs : layers[l - 1]!;
    const place = { inputs, outputs, weights: at, bias: at + inputs * outputs };
    at = place.bias + outputs;
    return place;
  });
  const bias = at + factors + (layers.at(-1) ?? 0);
  return { layers: places, output: at, bias, size: bias + 4 };
}

/** Embeddings with a standard deviation of 0.01; weights uniform with the variance 1 / inputs (LeCun et al. 1998); biases 0. */
export function initialNetwork(shape: NeumfShape, users: number, items: number, random: Random): NeumfNetwork {
  const width = embeddingWidth(shape);
  const places = densePlaces(shape);
  const dense = new Float32Array(places.size);
  const uniform = (from: number, to: number, inputs: number): void => {
    const limit = Math.sqrt(3 / inputs);
    for (let i = from; i < to; i++) dense[i] = limit * (2 * random() - 1);
  };
  for (const { weights, bias, inputs } of places.layers) uniform(weights, bias, inputs);
  uniform(places.output, places.bias, places.bias - places.output);
  const scattered = (count: number): Float32Array => Float32Array.from({ length: count * width }, () => 0.01 * normal(random));
  return { ...shape, users: scattered(users), items: scattered(items), dense };
}
