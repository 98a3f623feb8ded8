import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { Experiment } from '../model.ts';
import type { Lift } from '../results/effects.ts';
import { withVerdict, type MetricArm, type MetricResult } from '../results/metrics.ts';
import type { BatchedEffect } from '../statistics/bandit/batches.ts';
import { estimate } from '../statistics/estimate.ts';
import { pooled } from './allocate.ts';
import { cohortsOf, effectOf, type Cohorts } from './cohorts.ts';

/**
 * Metrics of a bandit with its guardrails judged by viewers who came while shares stayed the same: an arm whose viewers came later, or
 * that began badly and was left at that, is not held against the control as if chance alone had parted them. Quantiles, which cannot be
 * added up, stay as they are.
 */
export function withGuardrails(
  sql: Sql,
  experiment: Experiment,
  metrics: readonly MetricResult[],
  definition: (id: string) => MetricDefinition | undefined,
): Promise<MetricResult[]> {
  return Promise.all(
    metrics.map(async (metric) => {
      const counted = definition(metric.id);
      if (metric.margin === null || !counted || counted.kind === 'quantile') return metric;
      const cohorts = await cohortsOf(sql, experiment, counted);
      return { ...metric, arms: metric.arms.map((arm) => guarded(metric, arm, cohorts, experiment)) };
    }),
  );
}

function guarded(metric: MetricResult, arm: MetricArm, cohorts: Cohorts, { arms: [base], alpha }: Experiment): MetricArm {
  const effect = effectOf(cohorts, arm.key, alpha),
    control = pooled(cohorts, base!.key),
    value = control ? Math.abs(estimate(control).value) : 0;
  const always = { absolute: effect ? liftOf(effect, 1) : null, relative: effect && value > 0 ? liftOf(effect, value) : null };
  return withVerdict(metric, { ...arm, ...always }, always[metric.scale], { enough: arm.says !== 'few', always });
}

/** As a share of the control's value, whose own error matters little beside that of the difference where this is near no effect. */
const liftOf = ({ effect, interval: [low, high], pValue }: BatchedEffect, of: number): Lift => ({
  effect: effect / of,
  low: low / of,
  high: high / of,
  pValue,
  chanceToWin: null,
  risk: null,
});
