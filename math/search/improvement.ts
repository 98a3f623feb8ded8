import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Prediction } from './gaussian-process.ts';

const normalLower = (z: number): number => normalCdf(z, 0, 1);
const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** By how much a point is expected to beat the best so far: (μ − f*) Φ(z) + σ φ(z), z = (μ − f*) / σ (Jones, Schonlau and Welch 1998). */
export function expectedImprovement({ mean, deviation }: Prediction, best: number): number {
  if (deviation === 0) return Math.max(0, mean - best);
  const z = (mean - best) / deviation;
  return (mean - best) * normalLower(z) + deviation * normalDensity(z);
}

/** A guardrail: what is predicted of it, and the least that it may be. */
export interface Limit extends Prediction {
  readonly least: number;
}

/** The same times the chance that every guardrail holds (Letham, Karrer, Ottoni and Bakshy 2019). */
export const constrainedImprovement = (prediction: Prediction, best: number, limits: readonly Limit[]): number =>
  limits.reduce((product, limit) => product * holds(limit), expectedImprovement(prediction, best));

const holds = ({ mean, deviation, least }: Limit): number => (deviation === 0 ? Number(mean > least) : normalLower((mean - least) / deviation));
