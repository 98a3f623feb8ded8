import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { Interleaving } from '../interleaving/result.ts';
import { control, type Experiment } from '../model.ts';
import type { Course } from './course.ts';
import { figuresOf } from './effects.ts';
import { perDay } from './engine.ts';
import { exposure, late, leak } from './health/audience.ts';
import { alarmOf, type Check } from './health/check.ts';
import { crossed, days, split } from './health/sizes.ts';
import type { Facts } from './measurement.ts';
import { metricResults, type MetricResult } from './metrics.ts';
import { peekingOf } from './peeking.ts';
import { leftOf, planOf, type Plan } from './plan.ts';
import type { Entry } from './read.ts';
import { DAY, HOUR } from './steps.ts';
import { total } from './units.ts';
import { verdictOf, type Verdict } from './verdict.ts';

export interface ArmResult {
  readonly key: string;
  readonly name: string;
  /** percent */
  readonly share: number;
  /** units that were shown a list of the experiment, and count */
  readonly viewers: number;
  readonly simulated: number;
  /** films shown in lists of the experiment, and clicks on them */
  readonly impressions: number;
  readonly clicks: number;
}
export interface Results {
  /** how long it has run; simulated viewers count with their own clock */
  readonly days: number;
  readonly viewers: number;
  readonly verdict: Verdict;
  readonly health: readonly Check[];
  /** whether the numbers may be decided on at any time */
  readonly peeking: { readonly safe: boolean; readonly text: string };
  readonly arms: readonly ArmResult[];
  /** what decides first */
  readonly metrics: readonly MetricResult[];
  /** of an interleaving: which arm viewers prefer, in place of metrics by arm */
  readonly preference: Pick<Interleaving, 'deciding' | 'credits'> | null;
  /** of the metric that decides; null where the plugin that counts it is off */
  readonly course: Course | null;
  /** null where too little is known */
  readonly plan: Plan | null;
  /** units that are still to be counted */
  readonly waiting: number;
}

/** Whether nobody but simulated viewers is in it. */
export const allSimulated = ({ arms }: Pick<Results, 'arms'>): boolean => arms.every(({ viewers, simulated }) => simulated === viewers);

export interface ResultParts {
  readonly facts: Facts;
  readonly metrics: readonly MetricDefinition[];
  readonly course: Course | undefined;
  readonly novelty: Check | undefined;
  readonly waiting: number;
}

/** Everything that follows from the sums, without asking the database. */
export function resultsFrom({ facts, metrics, course, novelty, waiting }: ResultParts): Results {
  const { experiment, entries, judge, now } = facts;
  const results = metricResults(metrics, facts),
    arms = experiment.arms.map((arm) => armResult(arm, facts));
  const health = [...checksOf(facts), ...(novelty ? [novelty] : [])],
    plan = planFor(metrics, facts),
    viewers = arms.reduce((sum, arm) => sum + arm.viewers, 0),
    ran = daysRun(entries, experiment, now),
    peeking = peekingOf(experiment, judge);
  const verdict = verdictOf({
    arms: experiment.arms,
    control,
    primary: results.find(({ role }) => role === 'primary'),
    guardrails: results.filter(({ margin }) => margin !== null),
    days: ran,
    minDays: experiment.minDays,
    viewers,
    alarm: alarmOf(health),
    firstLookAt: judge.looks?.done === 0 ? (judge.looks.nextAt ?? undefined) : undefined,
    over: experiment.stoppedAt !== null,
    daysLeft: plan?.days ?? null,
    due: peeking.safe || experiment.stoppedAt !== null || plan?.days === 0,
    confidence: String(Math.round((1 - experiment.alpha) * 1e4) / 100),
  });
  return {
    days: ran,
    viewers,
    verdict,
    health,
    peeking,
    arms,
    metrics: results,
    preference: null,
    course: course ?? null,
    plan,
    waiting,
  };
}

function armResult({ key, name, share }: Experiment['arms'][number], { entries, totals }: Facts): ArmResult {
  const own = entries.filter(({ arm, standing }) => arm === key && standing === 'counted');
  const lists = totals.filter(({ metric, arm }) => metric === 'ctr' && arm === key);
  const sum = (of: 'm' | 'd'): number => lists.reduce((all, one) => all + one[of], 0);
  return { key, name, share, viewers: total(own), simulated: total(own, 'simulated'), impressions: sum('d'), clicks: sum('m') };
}

/** A bandit's shares change from day to day, so that no split is wrong. */
function checksOf({ experiment, entries, moment, now }: Facts): Check[] {
  const { arms, kind, status, includeStaff, includeSimulated } = experiment;
  const running = { running: status === 'running', hours: (now.getTime() - moment.started) / HOUR };
  return [
    exposure(entries, running),
    ...(kind === 'ab' || kind === 'holdout' ? [split(arms, entries), days(arms, entries)] : []),
    crossed(entries),
    leak(entries, { staff: includeStaff, simulated: includeSimulated }),
    late(entries),
  ];
}

function planFor(metrics: readonly MetricDefinition[], facts: Facts): Plan | null {
  const { experiment, entries, now } = facts;
  const metric = metrics.find(({ id }) => id === experiment.metric);
  const figures = metric && figuresOf(metric, facts),
    base = figures?.find(({ key }) => key === control)?.moments;
  if (!metric || !base) return null;
  const left = leftOf(base, figures.find(({ key }) => key !== control)?.moments ?? null);
  const units = figures.reduce((sum, arm) => sum + arm.units, 0);
  return planOf({ metric, experiment, base, left, units, perDay: perDay(entries, (experiment.stoppedAt ?? now).getTime()) }) ?? null;
}

/** Simulated viewers may have come "before" the launch. */
function daysRun(entries: readonly Entry[], { startedAt, phaseStartedAt, stoppedAt }: Experiment, now: Date): number {
  const from = Math.min((phaseStartedAt ?? startedAt)?.getTime() ?? Infinity, entries[0]?.at.getTime() ?? Infinity);
  return Math.max(0, ((stoppedAt ?? now).getTime() - from) / DAY);
}
