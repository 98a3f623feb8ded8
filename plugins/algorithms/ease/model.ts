import type { Unseen } from '../../../math/unseen.ts';

/**
 * The inverse P of the regularised Gram matrix, as partial correlations ρ_ij = −P_ij / √(P_ii P_jj), which are symmetric
 * and of one magnitude, and what turns them into weights: B_ij = ρ_ij · scale_i / scale_j = −P_ij / P_jj.
 */
export type EaseModel = Unseen & {
  /** the positions of the films that it knows, ascending; the rows and columns below are in this order */
  readonly films: Int32Array;
  /** √P_ii of each */
  readonly scale: Float32Array;
  /** ρ_ij in units of the row's `step`, as signed bytes; 0 on the diagonal */
  readonly correlation: Uint8Array;
  readonly step: Float32Array;
};

/** The largest magnitude of a signed byte that has an opposite. */
export const MOST = 127;

/** Rounds the partial correlations of the inverse (n × n) to a byte each, row by row. */
export function easeModel(films: Int32Array, inverse: Float32Array, unseen: Unseen): EaseModel {
  const n = films.length;
  const scale = Float32Array.from(films, (_, i) => Math.sqrt(inverse[i * n + i]!));
  const step = new Float32Array(n);
  const correlation = new Int8Array(n * n);
  const row = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let j = 0; j < n; j++) {
      row[j] = i === j ? 0 : -inverse[i * n + j]! / (scale[i]! * scale[j]!);
      largest = Math.max(largest, Math.abs(row[j]!));
    }
    if (largest === 0) continue;
    step[i] = largest / MOST;
    for (let j = 0; j < n; j++) correlation[i * n + j] = Math.round(row[j]! / step[i]!);
  }
  return { films, scale, correlation: new Uint8Array(correlation.buffer), step, ...unseen };
}
