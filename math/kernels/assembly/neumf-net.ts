import { dense, rectify } from './neumf-layers';
import { multiplyAdd, sum } from './vector';

/**
 * What the kernels of a NeuMF network are told, as math/kernels/neumf-memory.ts lays it out: addresses, and widths in
 * bytes. An embedding is a row of GMF factors, then the input of the layers. The dense parameters are: of each layer
 * the weights (of the first: the user's half, the item's half) and the bias, then the output's weights and its bias.
 */
@unmanaged
export class Net {
  /** of the GMF part of an embedding; may be 0 */
  factors: usize;
  /** of the other part: 0 without layers */
  input: usize;
  users: usize;
  items: usize;
  dense: usize;
  /** of all dense parameters */
  size: usize;
  /** the widths of the layers' outputs, u32; a 0 without layers */
  widths: usize;
  layers: usize;
  /** the width of the last one */
  last: usize;
  /** of all layers' outputs */
  inner: usize;
  /** from an embedding to its first and second moments */
  first: usize;
  second: usize;
}

export function widthOf(net: Net, layer: usize): usize {
  return load<u32>(net.widths + (layer << 2));
}

/** From the first layer's pre-activation in `hidden` on: the activations of all layers, one after the other. Gives the output weights' address. */
export function climb(net: Net, parameters: usize, hidden: usize): usize {
  if (net.layers == 0) return parameters;
  let width = widthOf(net, 0);
  rectify(hidden, width);
  let weights = parameters + 2 * net.input * (width >> 2) + width;
  for (let layer: usize = 1; layer < net.layers; layer++) {
    const next = widthOf(net, layer);
    const bias = weights + width * (next >> 2);
    dense(hidden, width, weights, bias, hidden + width, next);
    rectify(hidden + width, next);
    hidden += width;
    width = next;
    weights = bias + width;
  }
  return weights;
}

/** Σ a · b */
export function dot(a: usize, b: usize, width: usize): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  let at: usize = 0;
  for (; at + 32 <= width; at += 32) {
    even = multiplyAdd(v128.load(a + at), v128.load(b + at), even);
    odd = multiplyAdd(v128.load(a + at, 16), v128.load(b + at, 16), odd);
  }
  if (at < width) even = multiplyAdd(v128.load(a + at), v128.load(b + at), even);
  return sum(f32x4.add(even, odd));
}

/** Σ a · b · c */
export function dotThree(a: usize, b: usize, c: usize, width: usize): f32 {
  let total = f32x4.splat(0);
  for (let at: usize = 0; at < width; at += 16) {
    total = multiplyAdd(f32x4.mul(v128.load(a + at), v128.load(b + at)), v128.load(c + at), total);
  }
  return sum(total);
}
