import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control } from '../model.ts';
import { batchedEffect, type BatchedEffect } from '../statistics/bandit/batches.ts';
import type { SumMoments } from '../statistics/moments.ts';
import { momentsOf } from '../results/moments.ts';
import { noSums, type Phase } from '../results/read.ts';
import { HOUR } from '../results/steps.ts';

/** What a bandit gave its arms from a time on. */
export interface Allocation {
  readonly epoch: number;
  readonly at: Date;
  /** percent by arm */
  readonly shares: Readonly<Record<string, number>>;
  /** by arm, the probability to be the best one */
  readonly best: Readonly<Record<string, number>>;
}

/** Oldest first. */
export const allocationsOf = (sql: Sql, { id, phase }: Phase): Promise<Allocation[]> =>
  sql.rows<Allocation>('select epoch, at, shares, best from experiment_allocation where experiment = $1 and phase = $2 order by epoch', [id, phase]);

/** By epoch and arm: the sums over the units that came while shares stayed the same. Epoch 0 is the one before the first allocation. */
export type Cohorts = ReadonlyMap<number, ReadonlyMap<string, SumMoments>>;

/** @throws TypeError for a metric that sums do not tell (a quantile) */
export async function cohortsOf(sql: Sql, of: Phase, metric: MetricDefinition): Promise<Cohorts> {
  const over = metric.kind === 'retention' ? new Date(Date.now() - metric.window![1] * HOUR) : undefined,
    rows = await cohortRows(sql, of, metric.id, over),
    cohorts = new Map<number, Map<string, SumMoments>>();
  for (const { epoch, arm, n, ...sums } of rows) {
    const arms = cohorts.get(epoch) ?? cohorts.set(epoch, new Map()).get(epoch)!;
    arms.set(arm, momentsOf(metric, n, { ...noSums, ...sums }));
  }
  return cohorts;
}

/**
 * What an arm's viewers did more than the control's of the same epoch, with an interval that holds however often one looks. undefined for
 * the control, and while no epoch has enough of both.
 */
export function effectOf(cohorts: Cohorts, key: string, alpha: number): BatchedEffect | undefined {
  if (key === control) return undefined;
  const batches = [...cohorts.values()].flatMap((arms) => {
    const [base, arm] = [arms.get(control), arms.get(key)];
    return base && arm ? [{ control: base, arm }] : [];
  });
  return batchedEffect(batches, { alpha, anytime: true });
}

/**
 * One row an epoch and arm, from the single viewers, or as it was kept.
 * @param until of a metric that waits (retention), who came later does not count yet
 */
export async function cohortRows(sql: Sql, { id, phase }: Phase, metric: string, until?: Date): Promise<readonly CohortRow[]> {
  const kept = await sql.one<{ cohorts: (CohortRow & { readonly metric?: string })[] }>('select cohorts from experiment_kept where experiment = $1', [
    id,
  ]);
  // Those that were kept without a name are of the metric that decides, alone.
  const known = kept?.cohorts.filter((row) => (row.metric ?? metric) === metric);
  return known ?? sql.rows<CohortRow>(statement, [id, phase, metric, until ?? 'infinity']);
}

export interface CohortRow {
  readonly epoch: number;
  readonly arm: string;
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly mm: number;
  readonly md: number;
  readonly dd: number;
}
/** The values of the metric are added up first, and then meet their units: looking for those of each unit takes six times as long. */
const statement = `with metric as materialized (
  select x.id, c.cap from experiment_metric x left join experiment_cap c on (c.experiment, c.phase, c.metric) = ($1, $2, x.id) where x.name = $3
), epoch as (
  select epoch, at, lead(at, 1, 'infinity') over (order by at) as until from (
    select 0 as epoch, '-infinity'::timestamptz as at
    union all select epoch, at from experiment_allocation where experiment = $1 and phase = $2) e
), value as (
  select unit, sum(m) as m, sum(d) as d from experiment_value where experiment = $1 and phase = $2 and metric = (select id from metric) group by unit
), each as (
  select e.epoch, u.arm, least(coalesce(v.m, 0), (select cap from metric)) as m, coalesce(v.d, 0) as d
  from experiment_unit u join epoch e on u.first_at >= e.at and u.first_at < e.until left join value v using (unit)
  where u.experiment = $1 and u.phase = $2 and u.standing = 'counted' and u.arm is not null and u.first_at <= $4
)
select epoch, arm, count(*)::integer as n, sum(m) as m, sum(d) as d, sum(m * m) as mm, sum(m * d) as md, sum(d * d) as dd
from each group by 1, 2 order by 1`;
