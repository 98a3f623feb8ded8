import type { Sql } from '../../../core/database/sql.ts';
import { control, type Experiment, type Metric } from '../model.ts';
import { liftOf, valueOf, type Lift } from './compare.ts';
import { healthOf, type Health } from './health.ts';
import { hourSums, type HourSums } from './sums.ts';
import { DAY, timeline, totalOf } from './totals.ts';
import { verdictOf, type Verdict } from './verdict.ts';

export interface MetricResult {
  /** a share; null without viewers */
  readonly value: number | null;
  /** against the control; null for the control itself, and where there is too little to compare */
  readonly lift: Lift | null;
}
export interface ArmResult {
  readonly key: string;
  readonly name: string;
  readonly share: number;
  /** units that were shown a list of the experiment */
  readonly viewers: number;
  readonly simulated: number;
  /** films shown in lists of the experiment, and clicks on them */
  readonly impressions: number;
  readonly clicks: number;
  readonly converted: number;
  readonly metrics: Readonly<Record<Metric, MetricResult>>;
}
/** Lift of each treatment over all viewers up to the end of each step. */
export interface Course {
  readonly step: 'hour' | 'day';
  readonly at: readonly Date[];
  readonly arms: readonly { readonly key: string; readonly name: string; readonly lifts: Readonly<Record<Metric, readonly (Lift | null)[]>> }[];
}
export interface Results {
  /** how long it has run; simulated viewers count with their own clock */
  readonly days: number;
  readonly viewers: number;
  readonly verdict: Verdict;
  readonly health: Health;
  readonly arms: readonly ArmResult[];
  readonly course: Course;
}

/** The results of an experiment that was launched, as of now or of its end. */
export async function resultsOf(sql: Sql, experiment: Experiment, now: Date): Promise<Results> {
  return resultsFrom(await hourSums(sql, experiment.id), experiment, now);
}

export function resultsFrom(hours: readonly HourSums[], experiment: Experiment, now: Date): Results {
  const arms = experiment.arms.map((arm) => armResult(hours, arm)),
    days = daysRun(hours, experiment, now);
  const viewers = arms.reduce((sum, arm) => sum + arm.viewers, 0);
  const health = healthOf(arms, totalOf(hours, null).ctr.n),
    treatments = arms.filter(({ key }) => key !== control);
  const verdict = verdictOf({
    metric: experiment.metric,
    days,
    viewers,
    alarm: health.split.alarm ? health.split.text : undefined,
    control: arms.find(({ key }) => key === control)!.name,
    arms: treatments.map(({ name, metrics }) => ({ name, lift: metrics[experiment.metric].lift })),
  });
  return { days, viewers, verdict, health, arms, course: courseOf(hours, treatments) };
}

function armResult(hours: readonly HourSums[], { key, name, share }: Experiment['arms'][number]): ArmResult {
  const totals = totalOf(hours, key),
    against = key === control ? undefined : totalOf(hours, control);
  const result = (metric: Metric): MetricResult => ({ value: valueOf(metric, totals), lift: against ? liftOf(metric, against, totals) : null });
  return {
    key,
    name,
    share,
    viewers: totals.ctr.n,
    simulated: totals.simulated,
    impressions: totals.ctr.d,
    clicks: totals.ctr.m,
    converted: totals.conversion.sum,
    metrics: { ctr: result('ctr'), conversion: result('conversion') },
  };
}

function courseOf(hours: readonly HourSums[], treatments: readonly ArmResult[]): Course {
  const { step, at, arms } = timeline(
    hours.filter(({ arm }) => arm !== null),
    [control, ...treatments.map(({ key }) => key)],
  );
  const lifts = (metric: Metric, key: string) => at.map((_, i) => liftOf(metric, arms.get(control)![i]!, arms.get(key)![i]!));
  return {
    step,
    at,
    arms: treatments.map(({ key, name }) => ({ key, name, lifts: { ctr: lifts('ctr', key), conversion: lifts('conversion', key) } })),
  };
}

/** Simulated viewers may have come "before" the launch. */
function daysRun(hours: readonly HourSums[], { startedAt, stoppedAt }: Experiment, now: Date): number {
  const from = Math.min(startedAt?.getTime() ?? Infinity, hours[0]?.hour.getTime() ?? Infinity);
  return Math.max(0, ((stoppedAt ?? now).getTime() - from) / DAY);
}
