/** One viewer's part of the question which weights find most again: a few hundred films, scored by every algorithm. */
export interface Sample {
  /** algorithms × films, comparable scores; 0 where an algorithm has no opinion */
  readonly scores: Float32Array;
  readonly films: Int32Array;
  /** 1 = held out, to be found again; parallel to `films` */
  readonly wanted: Uint8Array;
  /** how many were held out, also those that no algorithm has among its best */
  readonly held: number;
}

/** Weights, one an algorithm, none below 0. */
export type Weights = Float64Array;

const listLength = 10;
const discount = Float64Array.from({ length: listLength }, (_, rank) => 1 / Math.log2(rank + 2));
const ideal = (held: number): number => discount.subarray(0, Math.min(held, listLength)).reduce((sum, gain) => sum + gain, 0);

/** Writes the places (in `films`) of the ten best films by the weighted sum into `top`, best first; returns how many. */
export function bestOf({ scores, films }: Sample, weights: Weights, top: Int32Array): number {
  const n = films.length,
    values = blended(scores, weights, n);
  let size = 0;
  for (let film = 0; film < n; film++) {
    // Nobody with a weight has an opinion on it, so it would not be listed.
    if (values[film] === 0) continue;
    if (size === top.length && !(values[film]! > values[top[size - 1]!]!)) continue;
    let place = size < top.length ? size++ : size - 1;
    for (; place > 0 && values[top[place - 1]!]! < values[film]!; place--) top[place] = top[place - 1]!;
    top[place] = film;
  }
  return size;
}

let buffer = new Float64Array(1024);
function blended(scores: Float32Array, weights: Weights, n: number): Float64Array {
  if (buffer.length < n) buffer = new Float64Array(2 * n);
  buffer.fill(0, 0, n);
  weights.forEach((weight, algorithm) => {
    if (weight > 0) for (let film = 0, at = algorithm * n; film < n; film++) buffer[film]! += weight * scores[at + film]!;
  });
  return buffer;
}

/** NDCG@10 with binary relevance (Järvelin & Kekäläinen 2002), one number a sample, in 0 … 1. */
export function gains(samples: readonly Sample[], weights: Weights): Float64Array {
  const top = new Int32Array(listLength);
  return Float64Array.from(samples, (sample) => {
    const size = bestOf(sample, weights, top);
    let gain = 0;
    for (let rank = 0; rank < size; rank++) if (sample.wanted[top[rank]!]) gain += discount[rank]!;
    return sample.held > 0 ? gain / ideal(sample.held) : 0;
  });
}

/** Half the width of the mean's 95 % interval, by the normal distribution. */
export function halfWidth(values: Float64Array): number {
  const centre = mean(values),
    squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return values.length > 1 ? 1.96 * Math.sqrt(squares / (values.length - 1) / values.length) : Number.POSITIVE_INFINITY;
}

export const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
