import type { Sql } from '../../../../core/database/sql.ts';
import type { Counting } from './batch.ts';

/** Adds up the steps that changed, from the values of all units. In the caller's transaction. */
export async function addUp(tx: Sql, { metrics, numbers }: Counting): Promise<void> {
  await tx.rows('create temporary table step (experiment integer, phase integer, metric smallint, at timestamptz) on commit drop');
  await tx.rows(`with gone as (delete from experiment_touched returning experiment, phase, at)
    insert into step select g.experiment, g.phase, m.id, g.at from gone g cross join experiment_metric m`);
  await tx.rows(entries);
  for (const { id, cap } of metrics) {
    if (cap)
      await tx.rows(
        capStatement(numbers.get(id)!, 'value' in cap ? `${cap.value}` : `percentile_disc(${cap.percentile}) within group (order by total)`),
      );
  }
  await tx.rows('create unique index on step (experiment, phase, metric, at)');
  await tx.rows('analyze step');
  await tx.rows('delete from experiment_sum x using step s where (x.experiment, x.phase, x.metric, x.at) = (s.experiment, s.phase, s.metric, s.at)');
  await tx.rows(sums);
}

const entries = `with gone as (
    delete from experiment_entry x using (select distinct experiment, phase, at from step) s where (x.experiment, x.phase, x.at) = (s.experiment, s.phase, s.at)
  )
  insert into experiment_entry (experiment, phase, arm, stratum, standing, at, units, simulated, late)
  select u.experiment, u.phase, coalesce(u.arm, ''), u.stratum, u.standing, u.entered, count(*), count(*) filter (where u.simulated), count(*) filter (where u.late)
  from experiment_unit u join (select distinct experiment, phase, at from step) s on s.experiment = u.experiment and s.phase = u.phase and s.at = u.entered
  group by 1, 2, 3, 4, 5, 6
  on conflict (experiment, phase, arm, stratum, standing, at)
  do update set units = excluded.units, simulated = excluded.simulated, late = excluded.late`;

/** Where the cap of a metric is another one than before, all its steps are added up again. */
const capStatement = (metric: number, cap: string): string => `with total as (
    select experiment, phase, unit, sum(m) as total from experiment_value
    where metric = ${metric} and (experiment, phase) in (select experiment, phase from step) group by 1, 2, 3
  ), changed as (
    insert into experiment_cap as known (experiment, phase, metric, cap)
    select experiment, phase, ${metric}, ${cap} from total where total > 0 group by 1, 2
    on conflict (experiment, phase, metric) do update set cap = excluded.cap where known.cap <> excluded.cap
    returning experiment, phase
  )
  insert into step select x.experiment, x.phase, ${metric}, x.at from experiment_sum x join changed using (experiment, phase) where x.metric = ${metric}
  union select v.experiment, v.phase, ${metric}, v.at from experiment_value v join changed using (experiment, phase) where v.metric = ${metric}
  except select experiment, phase, metric, at from step`;

const sums = `insert into experiment_sum (experiment, phase, metric, arm, stratum, at, m, d, a, b, mm, md, ma, mb, dd, da, db, aa, ab, bb)
  select v.experiment, v.phase, v.metric, u.arm, u.stratum, v.at, sum(c.m), sum(v.d), sum(x.a), sum(x.b),
    sum(c.m * (c.m + 2 * c.m0)), sum((c.m0 + c.m) * (v.d0 + v.d) - c.m0 * v.d0), sum(c.m * c.a), sum(c.m * v.b),
    sum(v.d * (v.d + 2 * v.d0)), sum(v.d * c.a), sum(v.d * v.b), sum(x.a * x.a), sum(x.a * x.b), sum(x.b * x.b)
  from step s join experiment_value v on v.experiment = s.experiment and v.phase = s.phase and v.at = s.at and v.metric = s.metric
    join experiment_unit u on u.experiment = v.experiment and u.phase = v.phase and u.unit = v.unit
    left join experiment_cap k on k.experiment = v.experiment and k.phase = v.phase and k.metric = v.metric,
    lateral (select least(v.m0 + v.m, k.cap) - least(v.m0, k.cap) as m, least(v.m0, k.cap) as m0, least(v.a, k.cap) as a) c,
    lateral (select case when v.enters then c.a else 0 end as a, case when v.enters then v.b else 0 end as b) x
  group by 1, 2, 3, 4, 5, 6`;
