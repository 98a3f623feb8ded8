import type { Sql } from '../../../../core/database/sql.ts';
import type { MetricDefinition, SegmentDefinition } from '../../../../recommend/measures.ts';
import { creditUnits } from '../../interleaving/acts.ts';
import { valuesOf } from './compose.ts';

export interface Counting {
  readonly metrics: readonly MetricDefinition[];
  readonly segments: readonly SegmentDefinition[];
  readonly numbers: ReadonlyMap<string, number>;
}

/**
 * Counts the next units of the queue from everything that is known of them, and notes which steps changed by it. What
 * stays the same is not written. In the caller's transaction. @returns how many units it were
 */
export async function countBatch(tx: Sql, { metrics, segments, numbers }: Counting, most: number): Promise<number> {
  await tx.rows('create temporary table taken (experiment integer, unit integer, primary key (experiment, unit)) on commit drop');
  const taken = await tx.one<{ n: number }>(takeStatement(most));
  await tx.rows('analyze taken');
  await tx.rows(seenStatement(segments));
  await tx.rows('analyze seen');
  await tx.rows(storeUnits);
  await creditUnits(tx);
  await tx.rows('create temporary table fresh (like experiment_value) on commit drop');
  for (const metric of metrics) await tx.rows(valuesOf(metric, numbers.get(metric.id)!));
  await tx.rows('create index on fresh (experiment, phase, unit)');
  await tx.rows('analyze fresh');
  await tx.rows(storeValues(metrics.map(({ id }) => numbers.get(id)!)));
  return taken!.n;
}

const takeStatement = (most: number): string => `with gone as (
    delete from experiment_waiting where (experiment, unit) in (select experiment, unit from experiment_waiting order by experiment, unit limit ${most})
    returning experiment, unit
  ), put as (insert into taken select * from gone returning 1)
  select count(*)::integer as n from put`;

/** The first exposure of each unit in each phase, with what was known of it then. */
const seenStatement = (segments: readonly SegmentDefinition[]): string => `create temporary table seen on commit drop as
  with shown as (
    select a.experiment, a.phase, a.unit, case when min(a.arm collate "C") = max(a.arm collate "C") then min(a.arm) end as arm, min(a.served_at) as first_at
    from list_assignment a join taken t on t.experiment = a.experiment and t.unit = a.unit group by 1, 2, 3
  )
  select s.*, p.started_at as started, p.ended_at as ended, u.simulated, experiment_step(s.first_at, p.started_at) as entered,
    case when s.arm is null then 'crossed' when u.staff and not x.include_staff then 'staff'
      when u.simulated and not x.include_simulated then 'simulated' else 'counted' end as standing,
    not u.simulated and s.first_at < (select before from experiment_roll_up) - interval '1 day' as late,
    g.segments, ${stratumOf(segments)} as stratum
  from shown s join experiment x on x.id = s.experiment join experiment_phase p on p.experiment = s.experiment and p.phase = s.phase
    join unit u on u.id = s.unit, lateral (select s.unit, s.first_at as at) e, lateral (select ${segmentsOf(segments)} as segments) g`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const segmentsOf = (segments: readonly SegmentDefinition[]): string =>
  `jsonb_build_object(${segments.map(({ id, value }) => `${literal(id)}, ${value}`).join(', ')})`;
function stratumOf(segments: readonly SegmentDefinition[]): string {
  const dividing = segments.find(({ stratifies }) => stratifies);
  return dividing ? `coalesce(g.segments->>${literal(dividing.id)}, '')` : `''::text`;
}

const facts = ['arm', 'standing', 'simulated', 'first_at', 'entered', 'stratum', 'segments'];
const list = (alias: string): string => facts.map((name) => `${alias}.${name}`).join(', ');
const touch = 'insert into experiment_touched (experiment, phase, at)';

/** A unit that changes arms takes its values from one to the other. Only the first time tells whether it came late. */
const storeUnits = `with other as (
    select x.* from experiment_unit x join taken t on t.experiment = x.experiment and t.unit = x.unit
    left join seen s on s.experiment = x.experiment and s.phase = x.phase and s.unit = x.unit
    where s.unit is null or (${list('x')}) is distinct from (${list('s')})
  ), steps as (
    select experiment, phase, entered as at from other
    union select v.experiment, v.phase, v.at from experiment_value v join other using (experiment, phase, unit)
  ), gone as (
    delete from experiment_unit x using other o where (x.experiment, x.phase, x.unit) = (o.experiment, o.phase, o.unit)
      and not exists (select from seen s where (s.experiment, s.phase, s.unit) = (x.experiment, x.phase, x.unit))
  ), put as (
    insert into experiment_unit as known (experiment, phase, unit, ${facts.join(', ')}, late)
    select experiment, phase, unit, ${facts.join(', ')}, coalesce(late, false) from seen
    on conflict (experiment, phase, unit) do update set ${facts.map((name) => `${name} = excluded.${name}`).join(', ')}
      where (${list('known')}) is distinct from (${list('excluded')})
    returning known.experiment, known.phase, known.entered as at
  )
  ${touch} select * from steps union select * from put on conflict do nothing`;

const columns = ['enters', 'm', 'd', 'm0', 'd0', 'a', 'b'];
const values = (alias: string): string => columns.map((name) => `${alias}.${name}`).join(', ');

const storeValues = (metrics: readonly number[]): string => `with gone as (
    delete from experiment_value v using taken t where t.experiment = v.experiment and t.unit = v.unit and v.metric in (${[0, ...metrics].join(', ')})
      and not exists (select from fresh f where (f.experiment, f.phase, f.unit, f.metric, f.at) = (v.experiment, v.phase, v.unit, v.metric, v.at))
    returning v.experiment, v.phase, v.at
  ), put as (
    insert into experiment_value as known (experiment, phase, unit, metric, at, ${columns.join(', ')})
    select experiment, phase, unit, metric, at, ${columns.join(', ')} from fresh
    on conflict (experiment, phase, unit, metric, at) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
      where (${values('known')}) is distinct from (${values('excluded')})
    returning known.experiment, known.phase, known.at
  )
  ${touch} select * from gone union select * from put on conflict do nothing`;
