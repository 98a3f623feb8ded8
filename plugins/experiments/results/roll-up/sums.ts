import type { Sql } from '../../../../core/database/sql.ts';

/** Changes how totals are spread by the values of `difference`. Caps follow from it. In the caller's transaction. */
export async function addSpreads(tx: Sql): Promise<void> {
  await tx.rows(spreads);
  await tx.rows('delete from experiment_spread where units = 0');
}

/** Changes the sums by the values of `difference`, under the caps that hold now, before these are stored. In the caller's transaction. */
export async function addDifference(tx: Sql): Promise<void> {
  await tx.rows(addTo('difference'));
  await tx.rows('delete from experiment_sum where terms = 0');
  await tx.rows(ages);
  await tx.rows('delete from experiment_age where units = 0');
}

const names = ['m', 'd', 'a', 'b', 'mm', 'md', 'ma', 'mb', 'dd', 'da', 'db', 'aa', 'ab', 'bb'];
const grown = (names: readonly string[]): string => names.map((name) => `${name} = known.${name} + excluded.${name}`).join(', ');

/** @param values a table of values with the sign by which they count, and arm and stratum of their unit */
export const addTo = (
  values: string,
): string => `insert into experiment_sum as known (experiment, phase, metric, arm, stratum, at, terms, ${names.join(', ')})
  select experiment, phase, metric, arm, stratum, at, sum(sign * terms), ${names.map((name) => `sum(sign * ${name})`).join(', ')} from (
    select experiment, phase, metric, v.arm, v.stratum, v.at, v.sign, count(*) as terms, ${names.map((name) => `sum(g.${name}) as ${name}`).join(', ')}
    from ${values} v left join experiment_cap k using (experiment, phase, metric),
      lateral experiment_growth(v.enters, v.m, v.d, v.m0, v.d0, v.a, v.b, k.cap) g
    group by 1, 2, 3, 4, 5, 6, 7
  ) signed group by 1, 2, 3, 4, 5, 6
  on conflict (experiment, phase, metric, arm, stratum, at) do update set ${grown(['terms', ...names])}`;

/** Values before and after of some metrics: what stays the same cancels out. */
const both = (wanted: string): string => `with wanted as materialized (
    select e.id as experiment, c.id as metric, c.kind from experiment e join experiment_metric c on ${wanted}
  ), each as (
    select -1 as sign, w.kind, v.* from stored v join wanted w using (experiment, metric)
    union all select 1, w.kind, v.* from fresh v join wanted w using (experiment, metric)
  )`;

const spreads = `${both('c.spread')}, total as (
    select experiment, phase, metric, unit, sign, experiment_total(kind, m, d) as total from (
      select distinct on (experiment, phase, metric, unit, sign) experiment, phase, metric, unit, sign, kind, m0 + m as m, d0 + d as d
      from each order by experiment, phase, metric, unit, sign, at desc
    ) last
  )
  insert into experiment_spread as known (experiment, phase, metric, arm, total, units)
  select experiment, phase, metric, s.arm, total, sum(sign) from total join seen s using (experiment, phase, unit)
  where total is not null group by 1, 2, 3, 4, 5 having sum(sign) <> 0
  on conflict (experiment, phase, metric, arm, total) do update set ${grown(['units'])}`;

const ages = `${both(`c.kind = 'ratio' and c.name = e.primary_metric`)}, day as (
    select experiment, phase, metric, s.arm, experiment_day(at, s.entered) as day, sign, sum(m)::numeric as m, sum(d)::numeric as d
    from each join seen s using (experiment, phase, unit) group by 1, 2, 3, 4, 5, 6, unit having sum(d) > 0
  )
  insert into experiment_age as known (experiment, phase, metric, arm, day, units, m, d, mm, dd, md)
  select experiment, phase, metric, arm, day, sum(sign), sum(sign * m), sum(sign * d), sum(sign * m * m), sum(sign * d * d), sum(sign * m * d)
  from day group by 1, 2, 3, 4, 5
  on conflict (experiment, phase, metric, arm, day) do update set ${grown(['units', 'm', 'd', 'mm', 'dd', 'md'])}`;
