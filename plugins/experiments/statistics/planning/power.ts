import { normalLower, normalPoint } from '../distributions.ts';
import { ALPHA, type Prior } from '../engines/engine.ts';
import { groupBounds } from '../engines/group-sequential.ts';
import { crossing } from '../engines/recursion.ts';
import { criticalWidth, expectedError, type Design } from './design.ts';

/**
 * The chance that the interval excludes 0, in either direction, when the true effect is `effect` and `units` took part in all.
 * For engines with continuous looks this is the chance at the last look alone, to which earlier ones only add; for scheduled looks
 * it is the chance over all of them; for Bayes, that 0 lies outside the credible interval.
 */
export function power(design: Design, units: number, effect: number): number {
  const { engine, alpha = ALPHA } = design;
  const error = expectedError(design, units, effect);
  if (engine.kind === 'group-sequential') return crossing(engine.looks, groupBounds(engine, alpha, 'both'), effect / error);
  if (engine.kind === 'bayes' && engine.prior) return bayesianPower(design, error, effect, engine.prior);
  const width = criticalWidth(design, units, effect);
  return normalLower(effect / error - width) + normalLower(-effect / error - width);
}

/** The posterior mean m with precision P is beyond z / √P: the estimate beyond se² (± z √P − prior mean / prior variance). */
function bayesianPower({ relative, mean, alpha = ALPHA }: Design, error: number, effect: number, prior: Prior): number {
  const scale = relative ? 1 : Math.abs(mean);
  const [expected, variance] = [prior.mean * scale, prior.variance * scale ** 2];
  const reach = normalPoint(1 - alpha / 2) * Math.sqrt(1 / error ** 2 + 1 / variance);
  const [high, low] = [1, -1].map((sign) => error ** 2 * (sign * reach - expected / variance)) as [number, number];
  return normalLower((effect - high) / error) + normalLower((low - effect) / error);
}
