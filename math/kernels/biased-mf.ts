import { normal, shuffle } from '../random.ts';
import type { SparseRows } from '../sparse.ts';
import { Arena, gather } from './arena.ts';
import { blocksOf, type Blocks } from './blocks.ts';
import { LANES, padded } from './sizes.ts';
import { together, type Work } from './threads.ts';

/** A rating is predicted as mean + rowBias[r] + columnBias[c] + rows[r] · columns[c]. */
export interface BiasedMf {
  mean: number;
  rowBias: Float32Array;
  columnBias: Float32Array;
  factors: number;
  /** rows × factors */
  rows: Float32Array;
  /** columns × factors */
  columns: Float32Array;
}

export interface BiasedMfOptions extends Work {
  factors: number;
  epochs: number;
  /** of learning: the share of the gradient that one step takes */
  rate: number;
  /** λ in λ (b² + |x|²), which each rating adds for its row and its column */
  regularisation: number;
  /** standard deviation of the factors at the start */
  deviation: number;
  random: () => number;
}

/** The ratings are cut into SIDES × SIDES blocks; as many threads at most are of use. */
const SIDES = 8;

/**
 * Biased matrix factorisation (Koren, Bell & Volinsky 2009) by stochastic gradient descent, for predicting ratings.
 * An epoch takes the blocks of ratings in rounds of SIDES that share neither rows nor columns (Gemulla et al. 2011),
 * so that threads never meet: the same bits for any number of them. A row without ratings keeps bias 0 and a vector
 * near 0. Throws RangeError where the rate is so high that the factors grow without bounds.
 */
export async function biasedMf(ratings: SparseRows, options: BiasedMfOptions): Promise<BiasedMf> {
  const { factors, epochs, rate, regularisation, random } = options;
  const arena = new Arena();
  const stride = padded(factors, LANES);
  const blocks = blocksOf(arena, ratings, SIDES, random);
  const rowBias = arena.f32(ratings.rows);
  const columnBias = arena.f32(ratings.columns);
  const rows = scatter(arena, ratings.rows, stride, options);
  const columns = scatter(arena, ratings.columns, stride, options);
  const addresses = [...inOrder(blocks), rowBias, columnBias, rows, columns].map((array) => array.byteOffset);
  const rounds = Array.from({ length: SIDES }, (_, round) => round);
  await together(arena, options, 0, async ({ run }) => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const round of shuffle(rounds, random)) {
        await run({ kernel: 'descend', total: SIDES, step: 1, same: [round * SIDES, ...addresses, stride * 4, rate, regularisation] });
      }
      options.progress?.((epoch + 1) / epochs);
    }
  });
  const model = {
    rowBias: rowBias.slice(),
    columnBias: columnBias.slice(),
    rows: gather(rows, stride, factors),
    columns: gather(columns, stride, factors),
  };
  if (!Object.values(model).every((array) => array.every(Number.isFinite)))
    throw new RangeError(`The learning rate ${rate} is too high: the factors grew without bounds.`);
  return { mean: blocks.mean, factors, ...model };
}

const inOrder = ({ start, row, column, rating }: Blocks): (Int32Array | Float32Array)[] => [start, row, column, rating];

function scatter(arena: Arena, count: number, stride: number, { factors, deviation, random }: BiasedMfOptions): Float32Array {
  const vectors = arena.f32(count * stride);
  for (let row = 0; row < count; row++) for (let f = 0; f < factors; f++) vectors[row * stride + f] = deviation * normal(random);
  return vectors;
}
