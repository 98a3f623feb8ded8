import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import { compare, compareStrata } from '../statistics/engines/compare.ts';
import type { Comparison, Engine } from '../statistics/engines/engine.ts';
import { estimate } from '../statistics/estimate.ts';
import type { Moments } from '../statistics/moments.ts';
import type { Stratum } from '../statistics/strata.ts';
import { momentsOf } from './moments.ts';
import { quantileKey, type Quantiles } from './quantiles.ts';
import { noSums, plus, type Entry, type Sums, type Total } from './read.ts';
import { countedFor, unitsBy, type Moment } from './units.ts';

/** How an arm differs from the control, with its interval. */
export interface Lift {
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  /** null for an engine that has none */
  readonly pValue: number | null;
  /** Bayes: the probability that the arm is better than the control */
  readonly chanceToWin: number | null;
  /** Bayes: what taking the arm costs on average, in units of the effect */
  readonly risk: number | null;
}
/** Everything that is known of one metric in one arm. */
export interface ArmFigures extends Shown {
  readonly moments: Moments | null;
}
/** The same without the sums that it was made from. */
export interface Shown {
  readonly key: string;
  readonly units: number;
  /** null where there is none */
  readonly value: number | null;
  /** .05 = 5 % more than the control; null for the control itself, and where there is too little to compare */
  readonly relative: Lift | null;
  /** in the unit of the metric */
  readonly absolute: Lift | null;
}
export const shown = ({ key, units, value, relative, absolute }: ArmFigures): Shown => ({ key, units, value, relative, absolute });
export interface Known {
  readonly experiment: Pick<Experiment, 'arms' | 'alpha' | 'cuped'>;
  readonly engine: Engine;
  readonly entries: readonly Entry[];
  readonly totals: readonly Total[];
  readonly quantiles: Quantiles;
  readonly moment: Moment;
}

/** The values of all arms, and how they differ from the control. */
export function figuresOf(metric: MetricDefinition, known: Known): ArmFigures[] {
  const strata = strataOf(metric, known);
  return known.experiment.arms.map(({ key }) => {
    const units = strata.units(key),
      moments = strata.moments(key);
    const value = moments ? estimate(strata.plain(key)).value : NaN;
    const against = (relative: boolean): Lift | null => (key === control ? null : strata.lift(key, relative));
    return { key, units, value: Number.isFinite(value) ? value : null, moments, relative: against(true), absolute: against(false) };
  });
}

/** The moments of a metric, by arm and stratum. With variance reduction, the past of the units and their strata are used. */
function strataOf(metric: MetricDefinition, { experiment, engine, entries, totals, quantiles, moment }: Known) {
  const counts = unitsBy(countedFor(metric, entries, moment));
  const own = totals.filter((total) => total.metric === metric.id);
  const past = experiment.cuped && own.some(({ aa, bb }) => (metric.kind === 'ratio' ? bb > 0 : aa > 0));
  const units = (arm: string): number => [...(counts.get(arm)?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  const sums = (arm: string, stratum?: string): Sums =>
    own.filter((total) => total.arm === arm && (stratum === undefined || total.stratum === stratum)).reduce<Sums>(plus, noSums);
  const quantile = (arm: string): Moments | undefined => quantiles.get(quantileKey(metric.id, arm));
  const of = (arm: string, withPast: boolean): Moments =>
    metric.kind === 'quantile' ? quantile(arm)! : momentsOf(metric, units(arm), sums(arm), withPast);
  const there = (arm: string): boolean => (metric.kind === 'quantile' ? quantile(arm) !== undefined : units(arm) > 0);
  const options = (relative: boolean) => ({ relative, alpha: experiment.alpha, inverse: metric.better === 'down' });
  const groups = [...new Set([...counts.values()].flatMap((strata) => [...strata.keys()]))];

  const within = (arm: string): Stratum[] =>
    groups.map((group) => ({
      control: momentsOf(metric, counts.get(control)?.get(group) ?? 0, sums(control, group), past),
      arm: momentsOf(metric, counts.get(arm)?.get(group) ?? 0, sums(arm, group), past),
    }));
  return {
    units,
    moments: (arm: string): Moments | null => (there(arm) ? of(arm, past) : null),
    plain: (arm: string): Moments => of(arm, false),
    lift(arm: string, relative: boolean): Lift | null {
      if (!there(arm) || !there(control)) return null;
      const compared =
        experiment.cuped && groups.length > 1 && metric.kind !== 'quantile'
          ? compareStrata(engine, within(arm), options(relative))
          : compare(engine, of(control, past), of(arm, past), options(relative));
      return compared?.interval.every(Number.isFinite) ? liftOf(compared) : null;
    },
  };
}

export const liftOf = ({ effect, interval: [low, high], pValue, chanceToWin, risk }: Comparison): Lift => ({
  effect,
  low,
  high,
  pValue: pValue ?? null,
  chanceToWin: chanceToWin ?? null,
  risk: risk?.[1] ?? null,
});
