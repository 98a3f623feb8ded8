import { addScaled, back, gate, sigmoid } from './neumf-layers';
import { climb, dot, Net, widthOf } from './neumf-net';

/*
 * For serving, a network's items are prepared: a row is the GMF factors times the output's weights, then the item's half
 * of the first layer's pre-activation. A user is prepared the same way: GMF factors, then the other half with the bias.
 */

/** What the layers and the output's bias add to the GMF part of a score; the activations stay in `hidden`. */
function layersPart(net: Net, user: usize, row: usize, hidden: usize): f32 {
  const factors = net.factors;
  const width = widthOf(net, 0);
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(hidden + at, f32x4.add(v128.load(user + factors + at), v128.load(row + factors + at)));
  }
  const out = climb(net, net.dense, hidden);
  return dot(hidden + net.inner - net.last, out + factors, net.last) + load<f32>(out + factors + net.last);
}

const rowWidth = (net: Net): usize => net.factors + widthOf(net, 0);

/** The GMF parts of the scores of the first `count` rows. */
export function scoreGmf(net: Net, user: usize, count: usize, out: usize): void {
  const width = rowWidth(net);
  for (let i: usize = 0; i < count; i++) store<f32>(out + (i << 2), dot(user, net.items + i * width, net.factors));
}

/** The whole scores of `count` rows, whose numbers are in `index` (i32). */
export function scoreNeumf(scratch: usize, net: Net, user: usize, count: usize, index: usize, out: usize): void {
  const width = rowWidth(net);
  for (let i: usize = 0; i < count << 2; i += 4) {
    const row = net.items + <usize>load<u32>(index + i) * width;
    store<f32>(out + i, dot(user, row, net.factors) + layersPart(net, user, row, scratch));
  }
}

/**
 * Adds to `slope` the gradient of the log likelihood for the prepared user: over `count` samples, whose rows are in `index`
 * (i32), labels in `label` and weights in `weight`.
 */
export function slopeNeumf(scratch: usize, net: Net, user: usize, count: usize, index: usize, label: usize, weight: usize, slope: usize): void {
  const factors = net.factors;
  const width = rowWidth(net);
  for (let i: usize = 0; i < count << 2; i += 4) {
    const row = net.items + <usize>load<u32>(index + i) * width;
    const error = load<f32>(weight + i) * (load<f32>(label + i) - sigmoid(dot(user, row, factors) + layersPart(net, user, row, scratch)));
    addScaled(slope, f32x4.splat(error), row, factors);
    if (net.layers == 0) continue;
    const first = descend(net, scratch, scratch + net.inner, error);
    addScaled(slope + factors, f32x4.splat(1), first, width - factors);
  }
}

/** From the output back to the first layer's slopes; gives their address. */
function descend(net: Net, activations: usize, slopes: usize, error: f32): usize {
  let width = net.last;
  let end = net.dense + net.size - 16 - width;
  let hidden = activations + net.inner - width;
  let slope = slopes + net.inner - width;
  for (let at: usize = 0; at < width; at += 16) v128.store(slope + at, f32x4.mul(f32x4.splat(error), v128.load(end + at)));
  gate(slope, hidden, width);
  end -= net.factors;
  for (let layer = net.layers - 1; layer > 0; layer--) {
    const below = widthOf(net, layer - 1);
    const matrix = end - width - below * (width >> 2);
    back(below, matrix, slope, width, slope - below);
    slope -= below;
    hidden -= below;
    gate(slope, hidden, below);
    width = below;
    end = matrix;
  }
  return slope;
}
