import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition, SegmentDefinition } from '../../../recommend/measures.ts';
import { momentsOf } from './moments.ts';
import { planOf, type Plan, type PlanInput } from './plan.ts';
import { noSums, type Sums } from './read.ts';

/** Days of the site's own past that a plan rests on. */
const DAYS = 28;
export const PERIOD = `the last ${DAYS} days`;

export interface SitePlan extends Plan {
  /** the metric's value on the site in the last weeks */
  readonly value: number;
  /** viewers that this rests on */
  readonly viewers: number;
  readonly period: string;
}

interface Asked extends Pick<PlanInput, 'metric' | 'experiment'> {
  readonly includeSimulated: boolean;
  /** share of the viewers that take part */
  readonly coverage: number;
  readonly now: Date;
}

/**
 * What a test would need by the traffic and the variance that the site had in the last four weeks: as if everybody had entered
 * with the first list of that time. @returns undefined where there was nobody, or nothing that varies
 */
export async function sitePlan(sql: Sql, { metric, experiment, includeSimulated, coverage, now }: Asked): Promise<SitePlan | undefined> {
  const row = (await sql.one<Sums & { n: number; viewers: number }>(sumsOf(metric), [now, includeSimulated]))!;
  if (row.n < 2) return undefined;
  const base = momentsOf({ kind: metric.kind === 'quantile' ? (row.d > 0 ? 'ratio' : 'mean') : metric.kind }, row.n, { ...noSums, ...row });
  const plan = planOf({ metric, experiment, base, units: 0, perDay: (row.viewers / DAYS) * coverage });
  return plan && { ...plan, value: row.d > 0 ? row.m / row.d : row.m / row.n, viewers: row.viewers, period: PERIOD };
}

const sumsOf = (metric: MetricDefinition): string => `${pastUnits(metric)}
  select (select count(*)::integer from entered) as viewers, count(*)::integer as n, coalesce(sum(m), 0) as m, coalesce(sum(d), 0) as d,
    coalesce(sum(m * m), 0) as mm, coalesce(sum(d * d), 0) as dd, coalesce(sum(m * d), 0) as md from past`;

/** As it is known of viewers when they enter: what they did by the metric before, and what divides them. */
export interface Before {
  readonly days: number;
  readonly segment: SegmentDefinition | undefined;
}

/**
 * The beginning of a statement that knows the table `past` (unit, m, d): what each viewer of the last weeks did by the metric, nothing
 * included, as the roll-up would count it: capped, and of retentions those viewers alone whose time is over. With `before` it has
 * a and b, too, the same from before the viewer entered, and the stratum.
 * Its parameters are now ($1) and whether simulated viewers count ($2).
 */
export function pastUnits({ rows, kind, window, cap }: MetricDefinition, before?: Before): string {
  const yes = kind === 'binomial' || kind === 'retention',
    value = yes ? '1' : 'sum(r.value::double precision)';
  const denominator =
    (kind === 'ratio' || kind === 'quantile') && /\bdenominator\b/.test(rows) ? 'sum(r.denominator::double precision)' : '0::double precision';
  const until = window ? `least(e.first + interval '${window[1]} hours', $1)` : '$1';
  const most =
    cap && ('value' in cap ? `${cap.value}` : `(select percentile_disc(${cap.percentile}) within group (order by m) from each where m > 0)`);
  const capped = (sum: string): string => (most ? `least(coalesce(${sum}, 0), ${most})` : `coalesce(${sum}, 0)`);
  const earlier = before && {
    table: `, earlier as (
    select e.unit, ${value} as a, ${denominator} as b from entered e join (${rows}) r
      on r.unit = e.unit and r.at < e.first and r.at >= e.first - interval '${before.days} days' group by e.unit
  )`,
    columns: `, ${capped('y.a')} as a, coalesce(y.b, 0) as b, ${before.segment ? `coalesce((select ${before.segment.value} from (select e.unit, e.first as at) e), '')` : `''`} as stratum`,
    join: 'left join earlier y using (unit)',
  };
  return `with entered as (
    select l.unit, min(l.served_at) as first from served_list l join unit u on u.id = l.unit
    where l.served_at >= $1::timestamptz - interval '${DAYS} days' and l.served_at < $1 and not u.staff and (not u.simulated or $2) group by l.unit
  ), each as (
    select e.unit, ${value} as m, ${denominator} as d
    from entered e join (${rows}) r on r.unit = e.unit and r.at >= e.first + interval '${window?.[0] ?? 0} hours' and r.at < ${until} group by e.unit
  )${earlier?.table ?? ''}, past as (
    select e.unit, ${capped('x.m')} as m, coalesce(x.d, 0) as d${earlier?.columns ?? ''} from entered e left join each x using (unit) ${earlier?.join ?? ''}
    ${kind === 'retention' ? `where e.first + interval '${window![1]} hours' <= $1` : ''}
  )`;
}
