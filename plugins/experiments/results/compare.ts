import type { Metric } from '../model.ts';
import { relativeLift } from '../statistics/lift.ts';
import { estimate } from '../statistics/estimate.ts';
import type { Totals } from './totals.ts';

/** How much more (.05 = 5 % more) an arm has than the control, with its 95 % interval. */
export interface Lift {
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
}

/** null where there is too little to compare: an arm with under two viewers, or without any success */
export function liftOf(metric: Metric, control: Totals, arm: Totals): Lift | null {
  const lift = relativeLift(control[metric], arm[metric]);
  return lift ? { effect: lift.effect, low: lift.interval[0], high: lift.interval[1], pValue: lift.pValue } : null;
}

/** The metric itself; null without any viewer. */
export function valueOf(metric: Metric, totals: Totals): number | null {
  const { value } = estimate(totals[metric]);
  return Number.isFinite(value) ? value : null;
}
