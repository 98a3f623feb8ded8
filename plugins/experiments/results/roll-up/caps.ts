import type { Sql } from '../../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../../recommend/measures.ts';
import { addTo } from './sums.ts';

/**
 * Where the cap of a metric is another one than before, in the experiments of `taken`, its sums are added up again from all values that are
 * stored, before those of `difference` are: when nobody of an experiment waits any more, because while many are counted a percentile goes to and fro.
 */
export async function moveCap(tx: Sql, cap: NonNullable<MetricDefinition['cap']>, metric: number): Promise<void> {
  const moved = await tx.rows<{ experiment: number; phase: number }>(
    `with touched as materialized (
      select p.experiment, p.phase from experiment_phase p left join experiment_cap k on (k.experiment, k.phase, k.metric) = (p.experiment, p.phase, ${metric})
      where p.experiment in (select experiment from taken) and (k.cap is null or p.experiment not in (select experiment from experiment_waiting))
    )
    insert into experiment_cap as known (experiment, phase, metric, cap)
    select experiment, phase, ${metric}, cap from (${'value' in cap ? fixed(cap.value) : atPercentile(cap.percentile, metric)}) c
    on conflict (experiment, phase, metric) do update set cap = excluded.cap where known.cap <> excluded.cap
    returning experiment, phase`,
  );
  for (const { experiment, phase } of moved) {
    await tx.rows(`delete from experiment_sum where (experiment, phase, metric) = (${experiment}, ${phase}, ${metric})`);
    await tx.rows(
      addTo(`(select 1 as sign, u.arm, u.stratum, v.* from experiment_value v join experiment_unit u using (experiment, phase, unit)
        where (v.experiment, v.phase, v.metric) = (${experiment}, ${phase}, ${metric}))`),
    );
  }
}

const fixed = (cap: number): string => `select experiment, phase, ${cap} as cap from touched`;

/** The smallest total that so large a share of the units with any does not exceed. */
const atPercentile = (share: number, metric: number): string => `select distinct on (experiment, phase) experiment, phase, total as cap from (
    select experiment, phase, total, sum(units) over (partition by experiment, phase order by total) as upto, sum(units) over (partition by experiment, phase) as n
    from touched join experiment_spread s using (experiment, phase) where s.metric = ${metric}) x
  where upto >= ${share} * n order by experiment, phase, total`;
