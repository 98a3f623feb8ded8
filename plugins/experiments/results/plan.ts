import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import { varianceLeft } from '../statistics/cuped.ts';
import type { Engine } from '../statistics/engines/engine.ts';
import { estimate } from '../statistics/estimate.ts';
import type { Moments } from '../statistics/moments.ts';
import { POWER, type Design } from '../statistics/planning/design.ts';
import { daysLeft, minimumEffect, sampleSize } from '../statistics/planning/plan.ts';
import { power } from '../statistics/planning/power.ts';

/** The effect that is looked for where none is named, as a share of the control's value. */
export const USUAL_EFFECT = 0.05;

/** What a test needs, by the variance and the traffic that there are. Effects are on the metric's own scale. */
export interface Plan {
  /** the effect that is looked for */
  readonly effect: number;
  /** the same as a share of the control's value */
  readonly change: number;
  /** units of all arms with which it is found with a power of 80 %; null where no number suffices */
  readonly units: number | null;
  /** the power that the units so far have for it */
  readonly power: number | null;
  /** the smallest effect that is found with a power of 80 % by the units so far */
  readonly detectable: number | null;
  /** new units a day */
  readonly perDay: number;
  /** null where nobody comes, or no number suffices */
  readonly days: number | null;
}
export interface PlanInput {
  readonly metric: MetricDefinition;
  readonly experiment: Pick<Experiment, 'engine' | 'settings' | 'alpha' | 'mde' | 'plannedUnits' | 'arms'>;
  /** of the control, or of everybody while there is none */
  readonly base: Moments;
  /** share of the variance that is left by what is known of the past; 1 = all of it */
  readonly left?: number;
  readonly units: number;
  readonly perDay: number;
}

/** @returns undefined where the base does not vary, so that nothing can be said */
export function planOf({ metric, experiment, base, left = 1, units, perDay }: PlanInput): Plan | undefined {
  const { value, variance } = estimate(base);
  if (!(variance > 0) || !Number.isFinite(value) || value === 0) return undefined;
  const relative = metric.scale === 'relative';
  const design: Design = {
    engine: planned(experiment),
    mean: value,
    variance: variance * left,
    shares: shares(experiment),
    relative,
    alpha: experiment.alpha,
  };
  const change = experiment.mde ?? USUAL_EFFECT,
    wanted = change * (relative ? 1 : Math.abs(value));
  // Whatever the power, nothing is said of a metric before each arm has its minimum.
  const enough = sampleSize(design, wanted),
    needed = enough && Math.max(enough, Math.ceil(metric.minimum / Math.min(...design.shares)));
  const aim = experiment.plannedUnits ?? needed;
  return {
    effect: wanted,
    change,
    units: needed ?? null,
    power: units > 0 ? power(design, units, wanted) : null,
    detectable: units > 0 ? (minimumEffect(design, units, POWER) ?? null) : null,
    perDay,
    days: aim === undefined ? null : (daysLeft(aim, units, perDay) ?? null),
  };
}

/** How much variance the past takes off, by the arms so far. */
export const leftOf = (base: Moments | null, other: Moments | null): number =>
  base && other && base.kind.startsWith('regression') && other.kind === base.kind ? varianceLeft(base, other) : 1;

/** The engine as it will judge at the end; see judgeOf for planned looks without planned viewers. */
function planned({ engine, settings, plannedUnits }: PlanInput['experiment']): Engine {
  if (engine === 'sequential' || (engine === 'group-sequential' && plannedUnits === null))
    return { kind: 'confidence-sequence', tuning: settings.tuning };
  if (engine === 'group-sequential')
    return { kind: 'group-sequential', looks: Array.from({ length: settings.looks }, (_, i) => (i + 1) / settings.looks) };
  if (engine === 'bayes') return { kind: 'bayes', ...(settings.prior && { prior: { mean: settings.prior.mean, variance: settings.prior.sd ** 2 } }) };
  return { kind: 'fixed' };
}

/** The control and the smallest of the other arms: what is found there is found in the others. */
function shares({ arms }: PlanInput['experiment']): readonly [number, number] {
  const others = arms.filter(({ key }) => key !== control).map(({ share }) => share / 100);
  return [(arms.find(({ key }) => key === control)?.share ?? 50) / 100, others.length > 0 ? Math.min(...others) : 0.5];
}
