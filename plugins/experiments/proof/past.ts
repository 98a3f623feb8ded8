import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import { pastUnits } from '../results/site-plan.ts';
import type { PastUnits } from '../statistics/rehearsal/units.ts';

/** Viewers that arms are drawn from at most; of more than these, some by chance. */
const MOST = 200_000;
const kinds = { binomial: 'proportion', retention: 'proportion', mean: 'mean', ratio: 'ratio' } as const;

/** What each viewer of the last weeks did by the metric, those who did nothing included. Viewers who did the same come as one row. */
export async function readPast(sql: Sql, metric: MetricDefinition, includeSimulated: boolean, now: Date): Promise<PastUnits> {
  const rows = await sql.rows<{ m: number; d: number; n: number }>(statement(metric), [now, includeSimulated]),
    viewers = rows.reduce((sum, { n }) => sum + n, 0);
  const units = {
    kind: kinds[metric.kind as keyof typeof kinds],
    m: new Float64Array(viewers),
    d: new Float64Array(metric.kind === 'ratio' ? viewers : 0),
  };
  let at = 0;
  for (const { m, d, n } of rows) {
    units.m.fill(m, at, at + n);
    if (metric.kind === 'ratio') units.d.fill(d, at, at + n);
    at += n;
  }
  return units;
}

const statement = (metric: MetricDefinition): string => `${pastUnits(metric)}
  select m::double precision as m, d::double precision as d, count(*)::integer as n
  from (select m, d from past order by hashint4(unit), unit limit ${MOST}) drawn group by 1, 2 order by 1, 2`;
