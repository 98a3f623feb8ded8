import { theta } from '../cuped.ts';
import { normalPoint, normalTwoSided } from '../distributions.ts';
import { effectOf } from '../effect.ts';
import { ALPHA } from '../engines/engine.ts';
import { normalMixture } from '../engines/msprt.ts';
import { linear } from '../estimate.ts';
import { meansOf } from '../means.ts';
import type { SumMoments } from '../moments.ts';
import { addAll } from '../sums.ts';

/** What two arms gathered while the shares of the bandit stayed the same. */
export interface Batch {
  readonly control: SumMoments;
  readonly arm: SumMoments;
}
export interface BatchedEffect {
  readonly effect: number;
  readonly interval: readonly [low: number, high: number];
  readonly pValue: number;
  /** batches that tell anything */
  readonly batches: number;
}
/** Units that an arm must have in a batch for its average to say anything. It depends on the shares alone, never on what came out. */
const FEWEST_UNITS = 30;

/**
 * Arm minus control from data whose shares followed the data, where the difference of pooled means is biased. Each batch's own
 * difference Δ_t is not, and is weighed by what is known before the batch: w_t = (1/n_a + 1/n_b)^−½, which makes all batches vary
 * alike, so that Σ w_t Δ_t is near normal whatever the shares were (batched inference of Zhang, Janson and Murphy, NeurIPS 2020;
 * variance-stabilising weights of Hadad et al., PNAS 2021). The effect is Σ w Δ / Σ w, its error √(Σ w² (v_a/n_a + v_b/n_b)) / Σ w,
 * with the variances v of all batches together: those of single batches would go with their means.
 * @param anytime valid at every batch: the bound of a normal mixture, narrowest at `planned` batches, in place of z
 * @returns undefined while no batch has enough units of both, or nothing varies
 */
export function batchedEffect(batches: readonly Batch[], { alpha = ALPHA, anytime = false, planned = 20 } = {}): BatchedEffect | undefined {
  const kept = batches.filter(({ control, arm }) => control.n >= FEWEST_UNITS && arm.n >= FEWEST_UNITS);
  const [control, arm] = [addAll(kept.map((batch) => batch.control)), addAll(kept.map((batch) => batch.arm))];
  const whole = control && arm && effectOf(control, arm, false);
  if (!whole) return undefined;
  const by = theta(control, arm);
  const each = kept.map((batch) => weighed(batch, by, [whole.arms[0].variance, whole.arms[1].variance]));
  const [weight, sum, variance] = (['weight', 'sum', 'variance'] as const).map((key) => each.reduce((total, one) => total + one[key], 0)) as [
    number,
    number,
    number,
  ];
  const { width, pValue } = (anytime ? always : once)(sum / Math.sqrt(variance), each.length, alpha, planned);
  const [effect, half] = [sum / weight, (width * Math.sqrt(variance)) / weight];
  return { effect, interval: [effect - half, effect + half], pValue, batches: each.length };
}

/** w, w Δ and the variance of w Δ of one batch. */
function weighed({ control, arm }: Batch, by: number, [va, vb]: readonly [number, number]) {
  const [a, b] = [linear(meansOf(control), control.kind), linear(meansOf(arm), arm.kind)];
  const spread = 1 / a.n + 1 / b.n,
    weight = spread ** -0.5;
  return { weight, sum: weight * (b.value - by * b.before - (a.value - by * a.before)), variance: (va / a.n + vb / b.n) / spread };
}

const once = (z: number, _: number, alpha: number) => ({ width: normalPoint(1 - alpha / 2), pValue: normalTwoSided(z) });

/** After t batches the sum of t standard normals is z √t; its bound holds at all t at once (Howard et al., arXiv:1810.08240). */
function always(z: number, t: number, alpha: number, planned: number) {
  const rho = normalMixture.bestRho(planned, alpha);
  return {
    width: normalMixture.bound(t, rho, alpha) / Math.sqrt(t),
    pValue: Math.min(1, Math.exp(-normalMixture.logEvidence(z * Math.sqrt(t), t, rho))),
  };
}
