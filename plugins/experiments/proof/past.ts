import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import { pastUnits, type Before } from '../results/site-plan.ts';
import type { PastUnits } from '../statistics/rehearsal/units.ts';

/** Viewers that arms are drawn from at most; of more than these, some by chance. */
const MOST = 200_000;
const kinds = { binomial: 'proportion', retention: 'proportion', mean: 'mean', ratio: 'ratio' } as const;

interface Asked {
  readonly includeSimulated: boolean;
  readonly now: Date;
  /** what is also known of the viewers from before, where the test uses it */
  readonly before?: Before | undefined;
}
/** So many viewers did the same. */
interface Row {
  readonly m: number;
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly stratum: string;
  readonly n: number;
}

/** What each viewer of the last weeks did by the metric, those who did nothing included. Viewers who did the same come as one row. */
export async function readPast(sql: Sql, metric: MetricDefinition, { includeSimulated, now, before }: Asked): Promise<PastUnits> {
  const rows = await sql.rows<Row>(statement(metric, before), [now, includeSimulated]),
    viewers = rows.reduce((sum, { n }) => sum + n, 0),
    strata = [...new Set(rows.map(({ stratum }) => stratum))],
    index = new Map(strata.map((name, i) => [name, i]));
  const column = (of: (row: Row) => number): Float64Array => spread(rows, new Float64Array(viewers), of),
    ratio = metric.kind === 'ratio',
    none = new Float64Array();
  return {
    kind: kinds[metric.kind as keyof typeof kinds],
    m: column(({ m }) => m),
    d: ratio ? column(({ d }) => d) : none,
    ...(before && {
      before: {
        a: column(({ a }) => a),
        b: ratio ? column(({ b }) => b) : none,
        stratum: spread(rows, new Uint16Array(viewers), ({ stratum }) => index.get(stratum)!),
        strata: strata.length,
      },
    }),
  };
}

function spread<A extends Float64Array | Uint16Array>(rows: readonly Row[], into: A, of: (row: Row) => number): A {
  let at = 0;
  for (const row of rows) into.fill(of(row), at, (at += row.n));
  return into;
}

function statement(metric: MetricDefinition, before?: Before): string {
  const columns = before ? ['m', 'd', 'a', 'b'] : ['m', 'd'];
  return `${pastUnits(metric, before)}
  select ${columns.map((name) => `${name}::double precision as ${name}`).join(', ')}${before ? ', stratum' : ''}, count(*)::integer as n
  from (select * from past order by hashint4(unit), unit limit ${MOST}) drawn group by ${columns.join(', ')}${before ? ', stratum' : ''} order by ${columns.join(', ')}${before ? ', stratum' : ''}`;
}
