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
export const hourSums = (sql: Sql, experiment: number): Promise<HourSums[]> => sql.rows<HourSums>(statement, [experiment]);

const statement = `with shown as materialized (
  select a.list, a.unit, a.arm, a.served_at as at, cardinality(l.films) as films, u.simulated
  from list_assignment a join served_list l on l.id = a.list join unit u on u.id = a.unit and not u.staff
  where a.experiment = $1
), viewer as materialized (
  select unit, case when min(arm) = max(arm) then min(arm) end as arm, min(at) as first, simulated from shown group by unit, simulated
), clicked as (
  select c.list, count(*) as clicks from list_assignment a join click c on c.list = a.list where a.experiment = $1 group by c.list
), by_hour as (
  select v.unit, v.arm, v.simulated, date_trunc('hour', s.at, 'UTC') as hour, sum(s.films)::double precision as d, sum(coalesce(c.clicks, 0))::double precision as m
  from shown s join viewer v on v.unit = s.unit and v.arm is not null left join clicked c on c.list = s.list
  group by 1, 2, 3, 4
), growing as (
  select *, row_number() over each = 1 as first, sum(d) over each - d as d0, sum(m) over each - m as m0
  from by_hour window each as (partition by unit order by hour)
), won as (
  select v.arm, date_trunc('hour', min(o.at), 'UTC') as hour
  from viewer v join outcome o on o.unit = v.unit and o.at >= v.first and o.at < v.first + interval '72 hours'
  where v.arm is not null group by v.unit, v.arm
)
select arm, hour, count(*) filter (where first)::integer as viewers, count(*) filter (where first and simulated)::integer as simulated,
  sum(d) as d, sum(m) as m, sum(d * (d + 2 * d0)) as dd, sum(m * (m + 2 * m0)) as mm, sum((d0 + d) * (m0 + m) - d0 * m0) as md, 0 as converted
from growing group by arm, hour
union all
select arm, hour, 0, 0, 0, 0, 0, 0, 0, count(*)::integer from won group by arm, hour
union all
select arm, date_trunc('hour', first, 'UTC'), count(*)::integer, count(*) filter (where simulated)::integer, 0, 0, 0, 0, 0, 0
from viewer where arm is null group by 1, 2
order by hour`;
