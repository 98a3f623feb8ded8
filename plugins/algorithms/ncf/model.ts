import type { TrainingData } from '../../../recommend/algorithm.ts';
import { embeddingWidth, type NeumfNetwork } from '../../../math/kernels/neumf-network.ts';
import { rowIndex, rowValues, type SparseRows } from '../../../math/sparse.ts';
import { unseenAfter, type Unseen } from '../../../math/unseen.ts';
import { gramOfHalves, isLeastSquares } from './least-squares.ts';
import type { Settings } from './settings.ts';

/** A trained network (math/kernels/neumf-network.ts) and what serving needs beside it. */
export type NcfModel = Unseen & {
  readonly factors: number;
  readonly layers: Int32Array;
  readonly users: Float32Array;
  readonly items: Float32Array;
  readonly dense: Float32Array;
  /** the viewer of each row of `users`: those who had a positive */
  readonly units: Int32Array;
  /** of each row: the fingerprint of the history that it was trained with */
  readonly histories: Int32Array;
  /** the mean of all rows, from which a new viewer starts */
  readonly mean: Float32Array;
  /** viewers for whom a film is a positive: the network says nothing of a film without any */
  readonly audience: Int32Array;
  /** of training: negatives to a positive */
  readonly negatives: number;
  /** Σ item · itemᵀ of the factorisation where it comes from least squares, so that a viewer's half can be solved for; else empty */
  readonly gram: Float32Array;
};

/** Whether halves of embeddings are solved for. Models of before it was kept have none. */
export const isSolved = ({ gram }: NcfModel): boolean => ((gram as Float32Array | undefined)?.length ?? 0) > 0;

export const networkOf = ({ layers, ...model }: NcfModel): NeumfNetwork => ({ ...model, layers: [...layers] });

/** The model of a network that was trained with these positives. */
export function modelOf(network: NeumfNetwork, positives: SparseRows, { units, preferences }: TrainingData, settings: Settings): NcfModel {
  const width = embeddingWidth(network);
  const audience = new Int32Array(positives.columns);
  for (const film of positives.index) audience[film]!++;
  const rows = Int32Array.from(units.keys()).filter((row) => positives.start[row]! < positives.start[row + 1]!);
  const users = new Float32Array(rows.length * width);
  rows.forEach((row, i) => users.set(network.users.subarray(row * width, (row + 1) * width), i * width));
  return {
    factors: network.factors,
    layers: Int32Array.from(network.layers),
    users,
    items: network.items,
    dense: network.dense,
    units: rows.map((row) => units[row]!),
    histories: rows.map((row) => fingerprint(rowIndex(preferences, row), rowValues(preferences, row), audience)),
    mean: meanRow(users, width),
    audience,
    negatives: settings.negatives,
    gram: isLeastSquares(settings) ? gramOfHalves(network.items, width, network.factors) : new Float32Array(0),
    ...unseenAfter(positives),
  };
}

function meanRow(rows: Float32Array, width: number): Float32Array {
  const sum = new Float64Array(width);
  rows.forEach((value, i) => (sum[i % width]! += value));
  const count = Math.max(1, rows.length / width);
  return Float32Array.from(sum, (value) => value / count);
}

/** Of a history, as far as the model knows its films: which ones are liked, and which are not. A multiplicative hash. */
export function fingerprint(films: Int32Array, weight: Float32Array, audience: Int32Array): number {
  let hash = 0;
  films.forEach((film, i) => {
    if (audience[film]! > 0) hash = Math.imul((hash ^ (weight[i]! > 0 ? film : ~film)) + 0x7f4a_7c15, 0x9e37_79b1);
  });
  return hash;
}
