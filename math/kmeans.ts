import type { Dense } from './linear.ts';
import type { Random } from './random.ts';

export interface KmeansOptions {
  readonly clusters: number;
  readonly random: Random;
  /** the best of so many runs is taken; default 8 */
  readonly starts?: number;
  /** of one run, at most; default 50 */
  readonly rounds?: number;
}
export interface Clustering {
  /** the cluster of each point */
  readonly labels: Int32Array;
  /** clusters × columns: the mean of each cluster's points */
  readonly centres: Dense;
  /** sum of squared distances of the points to their centres */
  readonly inertia: number;
}

/**
 * Groups the rows of a matrix around means: Lloyd's rounds (IEEE Transactions on Information Theory 28, 1982) from
 * starting points that lie apart (k-means++, Arthur & Vassilvitskii, SODA 2007). With fewer points than clusters, each
 * point has its own. Equal rows may leave clusters empty.
 */
export function kmeans(points: Dense, { clusters, random, starts = 8, rounds = 50 }: KmeansOptions): Clustering {
  const count = Math.min(clusters, points.rows);
  let best = run(points, count, random, rounds);
  for (let start = 1; start < starts; start++) {
    const other = run(points, count, random, rounds);
    if (other.inertia < best.inertia) best = other;
  }
  return best;
}

function run(points: Dense, count: number, random: Random, rounds: number): Clustering {
  let centres = spread(points, count, random),
    { labels, inertia } = assign(points, centres);
  for (let round = 0; round < rounds; round++) {
    centres = means(points, labels, centres);
    const next = assign(points, centres),
      settled = next.labels.every((label, i) => label === labels[i]);
    ({ labels, inertia } = next);
    if (settled) break;
  }
  return { labels, centres, inertia };
}

/** Each next centre is a point drawn by its squared distance to the centres before it. */
function spread(points: Dense, count: number, random: Random): Dense {
  const { rows, columns, data } = points,
    centres = new Float64Array(count * columns),
    distance = new Float64Array(rows).fill(Infinity);
  let next = Math.floor(random() * rows);
  for (let c = 0; c < count; c++) {
    centres.set(data.subarray(next * columns, (next + 1) * columns), c * columns);
    for (let i = 0; i < rows; i++) distance[i] = Math.min(distance[i]!, squared(data, i, centres, c, columns));
    next = drawn(distance, random);
  }
  return { rows: count, columns, data: centres };
}

/** A place by its weight; where all weights are 0, the last one. */
function drawn(weights: Float64Array, random: Random): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const place = weights.findIndex((weight) => (left -= weight) < 0);
  return place < 0 ? weights.length - 1 : place;
}

function assign({ rows, columns, data }: Dense, centres: Dense): { labels: Int32Array; inertia: number } {
  const labels = new Int32Array(rows);
  let inertia = 0;
  for (let i = 0; i < rows; i++) {
    let least = Infinity;
    for (let c = 0; c < centres.rows; c++) {
      const distance = squared(data, i, centres.data, c, columns);
      if (distance < least) [least, labels[i]] = [distance, c];
    }
    inertia += least;
  }
  return { labels, inertia };
}

/** An empty cluster keeps its centre. */
function means({ rows, columns, data }: Dense, labels: Int32Array, before: Dense): Dense {
  const sums = new Float64Array(before.data.length),
    size = new Int32Array(before.rows);
  for (let i = 0; i < rows; i++) {
    size[labels[i]!]!++;
    for (let k = 0; k < columns; k++) sums[labels[i]! * columns + k]! += data[i * columns + k]!;
  }
  const mean = (value: number, at: number): number => {
    const of = size[Math.floor(at / columns)]!;
    return of > 0 ? value / of : before.data[at]!;
  };
  return { ...before, data: sums.map(mean) };
}

/** Squared distance of row `i` of `a` and row `j` of `b`. */
function squared(a: Float64Array, i: number, b: Float64Array, j: number, columns: number): number {
  let sum = 0;
  for (let k = 0, p = i * columns, q = j * columns; k < columns; k++) sum += (a[p + k]! - b[q + k]!) ** 2;
  return sum;
}
