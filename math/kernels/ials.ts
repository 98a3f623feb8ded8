import type { SparseRows } from '../sparse.ts';
import type { Work } from './threads.ts';

export { foldIn, gramOf, type FoldIn } from './fold-in.ts';

export interface IalsOptions extends Work {
  factors: number;
  epochs: number;
  regularisation: number;
  /** α₀, the weight of every cell, observed or not */
  unobserved: number;
  /** ν: how much the regularisation grows with the number of entries */
  exponent: number;
  /** σ of the start, whose numbers have the standard deviation σ/√factors */
  deviation: number;
  random: () => number;
}

export interface Factors {
  readonly factors: number;
  /** rows × factors */
  readonly rows: Float32Array;
  /** columns × factors */
  readonly columns: Float32Array;
}

/**
 * The regularisation of one row: regularisation · (n + α₀ · others)^ν, where n is its total weight (its number of
 * entries where all weights are 1) and `others` the number of vectors on the other side (Rendle et al. 2021).
 */
export const ridge = (
  { regularisation, unobserved, exponent }: Pick<IalsOptions, 'regularisation' | 'unobserved' | 'exponent'>,
  weight: number,
  others: number,
): number => regularisation * (weight + unobserved * others) ** exponent;

export async function ials(_matrix: SparseRows, _options: IalsOptions): Promise<Factors> {
  throw new Error('in the making');
}
