import { normalPoint, normalTwoSided } from '../distributions.ts';
import { effectOf } from '../effect.ts';
import { ALPHA } from '../engines/engine.ts';
import { normalMixture } from '../engines/msprt.ts';
import type { Moments } from '../moments.ts';

/** What two arms gathered while the shares of the bandit stayed the same. */
export interface Batch {
  readonly control: Moments;
  readonly arm: Moments;
}
export interface BatchedEffect {
  readonly effect: number;
  readonly interval: readonly [low: number, high: number];
  readonly pValue: number;
  /** batches that tell anything */
  readonly batches: number;
}
/** Units that an arm must have in a batch for its difference to be near a normal distribution. */
const FEWEST_UNITS = 30;

/**
 * Arm minus control from data whose shares followed the data: each batch's own difference, standardised, is near N(0, 1) whatever
 * the shares were, so their sum is, where the difference of pooled means is not (batched OLS; Zhang, Janson and Murphy, NeurIPS
 * 2020). Σ Δ_t / s_t over Σ 1 / s_t, half-width z √T / Σ 1 / s_t. It stays right when the metric changes from batch to batch for all.
 * @param anytime valid at every batch: the normal mixture bound at T batches in place of z √T
 * @returns undefined while no batch has enough units of both
 */
export function batchedEffect(batches: readonly Batch[], { alpha = ALPHA, anytime = false, planned = 20 } = {}): BatchedEffect | undefined {
  const each = batches
    .filter(({ control, arm }) => control.n >= FEWEST_UNITS && arm.n >= FEWEST_UNITS)
    .map(({ control, arm }) => effectOf(control, arm, false))
    .filter((effect) => effect !== undefined);
  if (each.length === 0) return undefined;
  const precision = each.reduce((sum, { standardError }) => sum + 1 / standardError, 0);
  const sum = each.reduce((total, { effect, standardError }) => total + effect / standardError, 0);
  const rho = normalMixture.bestRho(planned, alpha);
  const bound = anytime ? normalMixture.bound(each.length, rho, alpha) : normalPoint(1 - alpha / 2) * Math.sqrt(each.length);
  const pValue = anytime ? Math.min(1, Math.exp(-normalMixture.logEvidence(sum, each.length, rho))) : normalTwoSided(sum / Math.sqrt(each.length));
  const effect = sum / precision;
  return { effect, interval: [effect - bound / precision, effect + bound / precision], pValue, batches: each.length };
}
