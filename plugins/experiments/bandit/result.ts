import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import type { Results } from '../results/results.ts';
import type { Verdict } from '../results/verdict.ts';
import { percent, viewers } from '../results/words.ts';
import { batchedEffect, type BatchedEffect } from '../statistics/bandit/batches.ts';
import { estimate } from '../statistics/estimate.ts';
import { FLOOR, pooled, sharesFor } from './allocate.ts';
import { allocationsOf, cohortsOf, type Allocation, type Cohorts } from './cohorts.ts';

export interface BanditArm {
  readonly key: string;
  readonly name: string;
  /** percent of the new viewers */
  readonly share: number;
  readonly units: number;
  readonly value: number | null;
  /** the probability to be the best one; null while too little is known */
  readonly best: number | null;
  /**
   * difference from the control, absolute, from epochs within which shares stayed the same; its interval holds however often
   * one looks. null for the control, and while too little is known
   */
  readonly effect: BatchedEffect | null;
}
/** GET /admin/data/experiments/experiments/:id/bandit */
export interface Bandit {
  readonly metric: string;
  /** of values and effects */
  readonly unit: MetricDefinition['unit'];
  /** least share of each arm, 0 … 1 */
  readonly floor: number;
  readonly arms: readonly BanditArm[];
  /** how the shares moved, oldest first */
  readonly allocations: readonly Allocation[];
  readonly verdict: Verdict;
}

/** So sure, that an arm is called the best. */
const SURE = 0.95;

export async function banditOf(sql: Sql, experiment: Experiment, metric: MetricDefinition, results: Omit<Results, 'verdict'>): Promise<Bandit> {
  const [allocations, cohorts] = await Promise.all([allocationsOf(sql, experiment), cohortsOf(sql, experiment, metric)]);
  const best = sharesFor(experiment, cohorts, metric)?.best;
  const arms = experiment.arms.map(({ key, name, share, allocation }, i): BanditArm => {
    const all = pooled(cohorts, key),
      value = all && estimate(all).value;
    return {
      key,
      name,
      share: allocation ?? share,
      units: all?.n ?? 0,
      value: value !== undefined && Number.isFinite(value) ? value : null,
      best: best?.[i] ?? null,
      effect: key === control ? null : (effectOf(cohorts, key, experiment.alpha) ?? null),
    };
  });
  return { metric: metric.title, unit: metric.unit, floor: FLOOR, arms, allocations, verdict: verdictOf(arms, experiment, metric, results) };
}

function effectOf(cohorts: Cohorts, key: string, alpha: number): BatchedEffect | undefined {
  const batches = [...cohorts.values()].flatMap((arms) => {
    const [base, arm] = [arms.get(control), arms.get(key)];
    return base && arm ? [{ control: base, arm }] : [];
  });
  return batchedEffect(batches, { alpha, anytime: true });
}

/** Found once an arm is the best for sure, its interval does not say otherwise, and the days are over that it must run. */
function verdictOf(arms: readonly BanditArm[], { minDays }: Experiment, metric: MetricDefinition, results: Omit<Results, 'verdict'>): Verdict {
  const none = { arm: null, days: null } as const,
    alarm = results.health.find(({ level }) => level === 'alarm');
  if (results.viewers === 0)
    return {
      ...none,
      kind: 'empty',
      action: 'wait',
      title: 'Nobody has been in it yet',
      text: 'Shares begin to move once each arm has 100 viewers.',
    };
  if (alarm)
    return { ...none, kind: 'broken', action: 'mend', title: 'Do not trust these numbers', text: [alarm.text, alarm.todo].filter(Boolean).join(' ') };
  const first = arms.reduce((a, b) => ((b.best ?? 0) > (a.best ?? 0) ? b : a));
  if (first.best === null)
    return {
      ...none,
      kind: 'open',
      action: 'wait',
      title: 'Still learning',
      text: `${viewers(results.viewers)} so far. Shares begin to move once each arm has 100 viewers.`,
    };
  const text = `“${first.name}” has the most ${metric.noun} with a probability of ${percent(first.best)}, and gets ${percent(first.share / 100)} of the new viewers.`;
  if (first.best < SURE) return { ...none, kind: 'open', action: 'wait', title: 'Still learning', text };
  if (results.days < minDays)
    return {
      ...none,
      kind: 'early',
      action: 'wait',
      title: 'Too early to decide',
      text: `${text} It should run for at least ${minDays} days.`,
      days: Math.ceil(minDays - results.days),
    };
  const up = metric.better === 'up';
  if (first.key === control) {
    const beaten = arms.every(({ effect }) => effect === null || (up ? effect.interval[1] < 0 : effect.interval[0] > 0));
    return beaten
      ? { ...none, kind: 'bad', action: 'keep', title: `Keep “${first.name}”`, text }
      : { ...none, kind: 'open', action: 'wait', title: 'Almost found', text: `${text} The interval of another arm contains zero still.` };
  }
  const sure = first.effect !== null && (up ? first.effect.interval[0] > 0 : first.effect.interval[1] < 0);
  return sure
    ? { kind: 'good', action: 'ship', arm: first.key, title: `Ship “${first.name}”`, text, days: null }
    : {
        ...none,
        kind: 'open',
        action: 'wait',
        title: 'Almost found',
        text: `${text} The interval of its difference from the control contains zero still.`,
      };
}
