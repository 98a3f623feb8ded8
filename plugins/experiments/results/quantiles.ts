import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { QuantileMoments } from '../statistics/moments.ts';
import { quantileRanks } from '../statistics/quantile.ts';
import type { Phase } from './read.ts';

export type Quantiles = ReadonlyMap<string, QuantileMoments>;
export const quantileKey = (metric: string, arm: string): string => `${metric} ${arm}`;
type Stored = readonly { readonly metric: string; readonly arm: string; readonly moments: QuantileMoments }[];

/** Quantiles over units, each with one value: by metric and arm, from the values of all units, or as they were kept. */
export async function quantilesOf(sql: Sql, of: Phase, metrics: readonly MetricDefinition[]): Promise<Quantiles> {
  const kept = await sql.one<{ quantiles: Stored }>('select quantiles from experiment_kept where experiment = $1', [of.id]);
  const found =
    kept?.quantiles ?? (await Promise.all(metrics.filter(({ kind }) => kind === 'quantile').map((metric) => measure(sql, of, metric)))).flat();
  return new Map(found.map(({ metric, arm, moments }) => [quantileKey(metric, arm), moments]));
}

async function measure(sql: Sql, { id, phase }: Phase, { id: metric, level }: MetricDefinition): Promise<Stored> {
  const counts = await sql.rows<{ arm: string; n: number }>(`${valuesOf} select arm, count(*)::integer as n from value group by arm`, [
    id,
    phase,
    metric,
  ]);
  return Promise.all(
    counts.map(async ({ arm, n }) => {
      const [lower, upper] = quantileRanks(level!, n);
      const { found } = (await sql.one<{ found: [number, number, number] }>(
        `${valuesOf} select percentile_cont($5::double precision[]) within group (order by value) as found from value where arm = $4`,
        [id, phase, metric, arm, [lower, level!, upper]],
      ))!;
      return { metric, arm, moments: { kind: 'quantile', n, level: level!, value: found[1], lower: found[0], upper: found[2] } };
    }),
  );
}

/** One value a unit: its sum, or its ratio. */
const valuesOf = `with value as (
  select u.arm, case when sum(v.d) > 0 then sum(v.m) / sum(v.d) else sum(v.m) end as value
  from experiment_value v join experiment_metric x on x.id = v.metric
    join experiment_unit u on u.experiment = v.experiment and u.phase = v.phase and u.unit = v.unit
  where v.experiment = $1 and v.phase = $2 and x.name = $3 and u.standing = 'counted' group by u.arm, v.unit having bool_or(v.m <> 0)
)`;
