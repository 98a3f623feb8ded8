import { densePlaces, embeddingWidth, type NeumfNetwork } from '../kernels/neumf-network.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface Pass {
  readonly logit: number;
  /** the concatenated embeddings, then each layer's activation */
  readonly activations: readonly Float64Array[];
}

/** One sample through the network, bottom up. */
function forward(network: NeumfNetwork, user: number, item: number): Pass {
  const { factors, users, items, dense } = network;
  const width = embeddingWidth(network);
  const { layers, output, bias } = densePlaces(network);
  const p = users.subarray(user * width, (user + 1) * width);
  const q = items.subarray(item * width, (item + 1) * width);
  let x = Float64Array.of(...p.subarray(factors), ...q.subarray(factors));
  const activations = [x];
  for (const { inputs, outputs, weights, bias: shift } of layers) {
    const next = new Float64Array(outputs);
    for (let j = 0; j < outputs; j++) {
      let sum = dense[shift + j]!;
      for (let i = 0; i < inputs; i++) sum += x[i]! * dense[weights + i * outputs + j]!;
      next[j] = Math.max(0, sum);
    }
    x = next;
    activations.push(x);
  }
  let logit = dense[bias]!;
  for (let f = 0; f < factors; f++) logit += p[f]! * q[f]! * dense[output + f]!;
  if (layers.length > 0) x.forEach((value, j) => (logit += value * dense[output + factors + j]!));
  return { logit, activations };
}

/** The score (logit) of an item for a user. */
export const logitOf = (network: NeumfNetwork, user: number, item: number): number => forward(network, user, item).logit;

/** Zeros in the shape of the network: for its gradient, and for Adam's moments. */
export const zerosLike = ({ factors, layers, users, items, dense }: NeumfNetwork): NeumfNetwork => ({
  factors,
  layers,
  users: new Float32Array(users.length),
  items: new Float32Array(items.length),
  dense: new Float32Array(dense.length),
});

/** Adds the gradient of one sample's binary cross-entropy to `gradient`; gives that loss. By the chain rule, top down. */
export function addGradient(network: NeumfNetwork, [user, item, label]: readonly [number, number, number], gradient: NeumfNetwork): number {
  const { factors, users, items, dense } = network;
  const width = embeddingWidth(network);
  const { layers, output, bias } = densePlaces(network);
  const { logit, activations } = forward(network, user, item);
  const error = sigmoid(logit) - label;
  gradient.dense[bias]! += error;
  for (let f = 0; f < factors; f++) {
    const [u, i, w] = [user * width + f, item * width + f, output + f];
    gradient.dense[w]! += error * users[u]! * items[i]!;
    gradient.users[u]! += error * dense[w]! * items[i]!;
    gradient.items[i]! += error * dense[w]! * users[u]!;
  }
  let slope = activations.at(-1)!.map((value, j) => {
    if (layers.length === 0) return 0;
    gradient.dense[output + factors + j]! += error * value;
    return error * dense[output + factors + j]!;
  });
  for (let l = layers.length - 1; l >= 0; l--) slope = backward(network, gradient, l, activations[l]!, activations[l + 1]!, slope);
  const half = width - factors;
  for (let i = 0; i < half; i++) {
    gradient.users[user * width + factors + i]! += slope[i]!;
    gradient.items[item * width + factors + i]! += slope[half + i]!;
  }
  return -Math.log(label === 1 ? sigmoid(logit) : sigmoid(-logit));
}

/** From the slope of a layer's activation to that of its input. */
function backward(
  network: NeumfNetwork,
  gradient: NeumfNetwork,
  l: number,
  x: Float64Array,
  y: Float64Array,
  above: Float64Array,
): Float64Array<ArrayBuffer> {
  const { inputs, outputs, weights, bias } = densePlaces(network).layers[l]!;
  const below = new Float64Array(inputs);
  for (let j = 0; j < outputs; j++) {
    if (y[j]! <= 0) continue;
    gradient.dense[bias + j]! += above[j]!;
    for (let i = 0; i < inputs; i++) {
      below[i]! += above[j]! * network.dense[weights + i * outputs + j]!;
      gradient.dense[weights + i * outputs + j]! += above[j]! * x[i]!;
    }
  }
  return below;
}
