import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { Experiment } from '../model.ts';
import type { MetricResult } from '../results/metrics.ts';
import type { Results } from '../results/results.ts';
import type { Verdict } from '../results/verdict.ts';
import type { BatchedEffect } from '../statistics/bandit/batches.ts';
import { estimate } from '../statistics/estimate.ts';
import { FLOOR, pooled, sharesFor } from './allocate.ts';
import { allocationsOf, cohortsOf, effectOf, type Allocation } from './cohorts.ts';
import { verdictOf } from './verdict.ts';

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
  /** see withGuardrails */
  readonly guardrails: readonly MetricResult[];
  readonly verdict: Verdict;
}

/** @param results with guardrails as a bandit's are judged */
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
      effect: effectOf(cohorts, key, experiment.alpha) ?? null,
    };
  });
  const guardrails = results.metrics.filter(({ margin }) => margin !== null);
  return {
    metric: metric.title,
    unit: metric.unit,
    floor: FLOOR,
    arms,
    allocations,
    guardrails,
    verdict: verdictOf(arms, experiment, metric, results),
  };
}
