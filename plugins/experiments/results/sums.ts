import type { Sql } from '../../../core/database/sql.ts';

/**
 * What one hour added to the sums of one arm. All are sums over viewers; those of squares and products are what the
 * viewer's square grew by, so that adding hours up gives the sums over viewers of any period from the start.
 */
export interface HourSums {
  /** null: viewers who were in more than one arm, which only counts them */
  readonly arm: string | null;
  readonly hour: Date;
  /** viewers who were exposed for the first time */
  readonly viewers: number;
  readonly simulated: number;
  /** films shown, and clicks on them (counted in the hour of their list) */
  readonly d: number;
  readonly m: number;
  readonly dd: number;
  readonly mm: number;
  readonly md: number;
  /** viewers with their first success within 72 hours after they were first exposed */
  readonly converted: number;
}

/** Everything that the results of an experiment are made from, oldest hour first. Operators' own visits do not count. */
export async function hourSums(sql: Sql, experiment: number): Promise<HourSums[]> {
  const kept = await sql.one<{ hours: HourSums[] }>('select hours from experiment_sums where experiment = $1', [experiment]);
  return kept ? kept.hours.map((sums) => ({ ...sums, hour: new Date(sums.hour) })) : sumLists(sql, experiment);
}

/** The same from the lists themselves. */
export const sumLists = (sql: Sql, experiment: number): Promise<HourSums[]> => sql.rows<HourSums>(statement, [experiment]);

/** $1 the experiment. An hour of a viewer is the smallest piece that is added up, so the lists are gone through once. */
const statement = `with clicked as (
  select c.list, count(*) as clicks from list_assignment a join click c on c.list = a.list where a.experiment = $1 group by c.list
), by_hour as materialized (
  select a.unit, u.simulated, date_bin('1 hour', a.served_at, 'epoch') as hour, min(a.arm collate "C") as low, max(a.arm collate "C") as high, min(a.served_at) as first,
    sum(cardinality(l.films))::double precision as d, sum(coalesce(c.clicks, 0))::double precision as m
  from list_assignment a join served_list l on l.id = a.list join unit u on u.id = a.unit and not u.staff left join clicked c on c.list = a.list
  where a.experiment = $1 group by 1, 2, 3
), viewer as materialized (
  select unit, simulated, case when min(low) = max(high) then min(low) end as arm, min(first) as first from by_hour group by unit, simulated
), growing as (
  select v.arm, h.*, row_number() over each = 1 as starts, sum(d) over each - d as d0, sum(m) over each - m as m0
  from by_hour h join viewer v on v.unit = h.unit and v.arm is not null window each as (partition by h.unit order by h.hour)
), won as (
  select v.arm, date_bin('1 hour', min(o.at), 'epoch') as hour
  from viewer v join outcome o on o.unit = v.unit and o.at >= v.first and o.at < v.first + interval '72 hours'
  where v.arm is not null group by v.unit, v.arm
)
select arm, hour, count(*) filter (where starts)::integer as viewers, count(*) filter (where starts and simulated)::integer as simulated,
  sum(d) as d, sum(m) as m, sum(d * (d + 2 * d0)) as dd, sum(m * (m + 2 * m0)) as mm, sum((d0 + d) * (m0 + m) - d0 * m0) as md, 0 as converted
from growing group by arm, hour
union all
select arm, hour, 0, 0, 0, 0, 0, 0, 0, count(*)::integer from won group by arm, hour
union all
select arm, date_bin('1 hour', first, 'epoch'), count(*)::integer, count(*) filter (where simulated)::integer, 0, 0, 0, 0, 0, 0
from viewer where arm is null group by 1, 2
order by hour`;
