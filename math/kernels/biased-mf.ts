import type { SparseRows } from '../sparse.ts';
import type { Work } from './threads.ts';

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
  rate: number;
  regularisation: number;
  deviation: number;
  random: () => number;
}

export async function biasedMf(_ratings: SparseRows, _options: BiasedMfOptions): Promise<BiasedMf> {
  throw new Error('in the making');
}
