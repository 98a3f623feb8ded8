import { densePlaces, type NeumfNetwork } from '../../../math/kernels/neumf-network.ts';

/** One part of a network, trained alone. */
export interface Branch {
  /** of an embedding */
  readonly width: number;
  readonly users: Float32Array;
  readonly items: Float32Array;
  /** weights of the output */
  readonly output: Float32Array;
  readonly bias: number;
  /** the perceptron's, for its layers */
  readonly network?: NeumfNetwork;
}

/**
 * Both parts as one network whose score is the weighted mean of theirs: the output's weights are multiplied by the part's
 * share (He et al. 2017, equation 13).
 */
export function merged(gmf: Branch, mlp: Branch & { readonly network: NeumfNetwork }, share: number): NeumfNetwork {
  const shape = { factors: gmf.width, layers: mlp.network.layers };
  const places = densePlaces(shape);
  const dense = new Float32Array(places.size);
  dense.set(mlp.network.dense.subarray(0, places.output));
  gmf.output.forEach((weight, f) => (dense[places.output + f] = (1 - share) * weight));
  mlp.output.forEach((weight, f) => (dense[places.output + gmf.width + f] = share * weight));
  dense[places.bias] = (1 - share) * gmf.bias + share * mlp.bias;
  return {
    ...shape,
    users: sideBySide(gmf.users, gmf.width, mlp.users, mlp.width),
    items: sideBySide(gmf.items, gmf.width, mlp.items, mlp.width),
    dense,
  };
}

/** Rows of both, as one row each. */
function sideBySide(a: Float32Array, widthA: number, b: Float32Array, widthB: number): Float32Array {
  const width = widthA + widthB;
  const rows = a.length / widthA;
  const both = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    both.set(a.subarray(row * widthA, (row + 1) * widthA), row * width);
    both.set(b.subarray(row * widthB, (row + 1) * widthB), row * width + widthA);
  }
  return both;
}
