import type { Unseen } from '../../../math/unseen.ts';

export type SvdModel = Unseen & {
  readonly rank: number;
  /** films × rank: V */
  readonly factors: Float32Array;
  /** how much each dimension explains, descending */
  readonly singular: Float32Array;
  /** of each film's column in the cut matrix, |V · Σ|; 0 for a film that nobody rated */
  readonly length: Float32Array;
  /** what each film's column was multiplied by before cutting */
  readonly scale: Float32Array;
  /** of the columns' lengths, in `scale` */
  readonly damping: number;
};

/** Row `i` of `a` times row `j` of `b`. */
export function dot(a: Float32Array | Float64Array, i: number, b: Float32Array | Float64Array, j: number, width: number): number {
  let sum = 0;
  for (let c = 0, p = i * width, q = j * width; c < width; c++) sum += a[p + c]! * b[q + c]!;
  return sum;
}

/** What a row is multiplied by: the root of its length less, so that busy viewers do not fill the dimensions. */
export const rowScale = (length: number): number => (length > 0 ? length ** -0.5 : 0);

/** What a column is multiplied by: damping 1 makes all alike. */
export const columnScale = (length: number, damping: number): number => (length > 0 ? length ** -damping : 0);
