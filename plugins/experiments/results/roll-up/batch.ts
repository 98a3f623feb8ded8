import type { Sql } from '../../../../core/database/sql.ts';
import type { MetricDefinition, SegmentDefinition } from '../../../../recommend/measures.ts';
import { creditUnits } from '../../interleaving/acts.ts';
import { moveCap } from './caps.ts';
import { valuesOf, type Range } from './compose.ts';
import { findDifference, storeDifference } from './difference.ts';
import { addDifference, addSpreads } from './sums.ts';

export interface Counting {
  readonly metrics: readonly MetricDefinition[];
  readonly segments: readonly SegmentDefinition[];
  readonly numbers: ReadonlyMap<string, number>;
}

/**
 * Counts the next units of the queue from everything that is known of them, and changes the sums by what differs from
 * before. What stays the same is not written. In the caller's transaction. @returns how many units it were
 */
export async function countBatch(tx: Sql, { metrics, segments, numbers }: Counting, most: number): Promise<number> {
  // A batch is joined and sorted in memory. The server's own setting is for pages, of which there are many at once.
  await tx.rows(`set local work_mem = '64MB'`);
  await tx.rows('create temporary table taken (experiment integer, unit integer, primary key (experiment, unit)) on commit drop');
  const { n, first, last } = (await tx.one<{ n: number } & Range>(takeStatement(most)))!;
  await tx.rows('analyze taken');
  await tx.rows(assigned);
  await tx.rows('analyze assigned');
  await tx.rows(seenStatement(segments));
  await tx.rows('analyze seen (experiment, phase, unit, standing)');
  await tx.rows(leaving);
  await tx.rows(entering);
  await creditUnits(tx);
  await tx.rows('create temporary table fresh (like experiment_value) on commit drop');
  for (const metric of metrics) await tx.rows(valuesOf(metric, numbers.get(metric.id)!, { first, last }));
  await findDifference(
    tx,
    metrics.map(({ id }) => numbers.get(id)!),
    { first, last },
  );
  await addSpreads(tx);
  for (const { id, cap } of metrics) if (cap) await moveCap(tx, cap, numbers.get(id)!);
  await addDifference(tx);
  await storeDifference(tx);
  return n;
}

const takeStatement = (most: number): string => `with gone as (
    delete from experiment_waiting where (experiment, unit) in (select experiment, unit from experiment_waiting order by experiment, unit limit ${most})
    returning experiment, unit
  ), put as (insert into taken select * from gone returning unit)
  select count(*)::integer as n, min(unit) as first, max(unit) as last from put`;

/** The lists of the experiments that the units got: read once, although most metrics ask for them. */
const assigned = `create temporary table assigned on commit drop as
  select a.experiment, a.phase, a.unit, a.list, a.arm, a.served_at from list_assignment a join taken t on t.experiment = a.experiment and t.unit = a.unit`;

/** The first exposure of each unit in each phase, with what was known of it then. Only the first time tells whether it came late. */
const seenStatement = (segments: readonly SegmentDefinition[]): string => `create temporary table seen on commit drop as
  with shown as (
    select experiment, phase, unit, case when min(arm collate "C") = max(arm collate "C") then min(arm) end as arm, min(served_at) as first_at
    from assigned group by 1, 2, 3
  )
  select s.*, p.started_at as started, p.ended_at as ended, u.simulated, experiment_step(s.first_at, p.started_at) as entered,
    case when s.arm is null then 'crossed' when u.staff and not x.include_staff then 'staff'
      when u.simulated and not x.include_simulated then 'simulated' else 'counted' end as standing,
    coalesce(known.late, not u.simulated and s.first_at < (select before from experiment_roll_up) - interval '1 day', false) as late,
    g.segments, ${stratumOf(segments)} as stratum
  from shown s join experiment x on x.id = s.experiment join experiment_phase p on p.experiment = s.experiment and p.phase = s.phase
    join unit u on u.id = s.unit left join experiment_unit known on (known.experiment, known.phase, known.unit) = (s.experiment, s.phase, s.unit),
    lateral (select s.unit, s.first_at as at) e, lateral (select ${segmentsOf(segments)} as segments) g`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const segmentsOf = (segments: readonly SegmentDefinition[]): string =>
  `jsonb_build_object(${segments.map(({ id, value }) => `${literal(id)}, ${value}`).join(', ')})`;
function stratumOf(segments: readonly SegmentDefinition[]): string {
  const dividing = segments.find(({ stratifies }) => stratifies);
  return dividing ? `coalesce(g.segments->>${literal(dividing.id)}, '')` : `''::text`;
}

const facts = ['arm', 'standing', 'simulated', 'first_at', 'entered', 'stratum', 'segments'];
const list = (alias: string): string => facts.map((name) => `${alias}.${name}`).join(', ');

/** Units that are gone, or of whom something else is known now; a trigger takes them out of the sums. The latter enter anew. */
const leaving = `delete from experiment_unit x using taken t where (x.experiment, x.unit) = (t.experiment, t.unit) and not exists (
    select from seen s where (s.experiment, s.phase, s.unit) = (x.experiment, x.phase, x.unit) and (${list('s')}) is not distinct from (${list('x')}))`;

const entering = `with put as (
    insert into experiment_unit (experiment, phase, unit, ${facts.join(', ')}, late)
    select experiment, phase, unit, ${facts.join(', ')}, late from seen on conflict do nothing returning *
  )
  insert into experiment_entry as known (experiment, phase, arm, stratum, standing, at, units, simulated, late)
  select experiment, phase, coalesce(arm, ''), stratum, standing, entered, count(*), count(*) filter (where simulated), count(*) filter (where late)
  from put group by 1, 2, 3, 4, 5, 6
  on conflict (experiment, phase, arm, stratum, standing, at) do update
    set units = known.units + excluded.units, simulated = known.simulated + excluded.simulated, late = known.late + excluded.late`;
