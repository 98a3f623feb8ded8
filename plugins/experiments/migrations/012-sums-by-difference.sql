-- Sums are no longer added up anew where something changed, but changed by the difference: then it does not matter how many
-- units there are. In decimals, so that what is taken away again leaves exactly what was there before.
drop table experiment_touched;
drop index experiment_value_step;
create index experiment_value_metric on experiment_value (experiment, phase, metric);

alter table experiment_metric
  add kind text not null default 'mean',
  -- whether it is kept how the totals of units are spread
  add spread boolean not null default false;

alter table experiment_sum
  alter m type numeric, alter d type numeric, alter a type numeric, alter b type numeric, alter mm type numeric,
  alter md type numeric, alter ma type numeric, alter mb type numeric, alter dd type numeric, alter da type numeric,
  alter db type numeric, alter aa type numeric, alter ab type numeric, alter bb type numeric,
  -- so many values are in it; null = unknown: of an experiment that is only kept in sums
  add terms integer;
create index experiment_sum_empty on experiment_sum (experiment) where terms = 0;

-- So many units of an arm have this total of a metric (to five digits). For quantiles, and for caps at a percentile.
create table experiment_spread (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  metric smallint not null references experiment_metric,
  arm text not null,
  total double precision not null,
  units integer not null,
  primary key (experiment, phase, metric, arm, total)
);
create index experiment_spread_empty on experiment_spread (experiment) where units = 0;

-- Of the metric that decides, where it is a ratio: sums over the units that did something so many days after they entered.
create table experiment_age (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  metric smallint not null references experiment_metric,
  arm text not null,
  day integer not null,
  units integer not null,
  m numeric not null,
  d numeric not null,
  mm numeric not null,
  dd numeric not null,
  md numeric not null,
  primary key (experiment, phase, metric, arm, day)
);

-- What a value adds to the sums of its step: what totals, squares and products of the unit grow by (x (x + 2 x0) for a square).
-- Takes enters, m, d, m0, d0, a, b of the value, and the metric's cap.
create function experiment_growth(boolean, double precision, double precision, double precision, double precision,
  double precision, double precision, double precision)
returns table (m numeric, d numeric, a numeric, b numeric, mm numeric, md numeric, ma numeric, mb numeric, dd numeric, da numeric,
  db numeric, aa numeric, ab numeric, bb numeric) language sql immutable parallel safe as $$
  select c.m, c.d, x.a, x.b, c.m * (c.m + 2 * c.m0), c.m * (c.d0 + c.d) + c.m0 * c.d, c.m * c.a, c.m * c.b,
    c.d * (c.d + 2 * c.d0), c.d * c.a, c.d * c.b, x.a * x.a, x.a * x.b, x.b * x.b
  from (select (least($4 + $2, $8) - least($4, $8))::numeric as m, $3::numeric as d, least($4, $8)::numeric as m0, $5::numeric as d0,
      least($6, $8)::numeric as a, $7::numeric as b offset 0) c,
    lateral (select case when $1 then c.a else 0 end as a, case when $1 then c.b else 0 end as b) x
$$;
-- What counts of a unit in experiment_spread, to five digits, so that there are not as many totals as units; null = nothing.
create function experiment_total(kind text, m double precision, d double precision) returns double precision language sql immutable parallel safe as $$
  select round(t.total::numeric, 4 - floor(log(abs(t.total)))::integer)::double precision
  from (select case when kind <> 'quantile' then case when m > 0 then m end when m <> 0 then case when d > 0 then m / d else m end end as total) t
$$;
-- The day since its entry on which a unit did something.
create function experiment_day(at timestamptz, entered timestamptz) returns integer language sql immutable parallel safe as $$
  select floor(extract(epoch from at - entered) / 86400)::integer
$$;

-- A unit that leaves takes its part out of everything. Results that are only kept in sums stay.
create or replace function forget_values() returns trigger language plpgsql as $$
begin
  delete from experiment_value v using gone g
    where (v.experiment, v.phase, v.unit) = (g.experiment, g.phase, g.unit) and g.experiment in (select experiment from experiment_kept);
  with leaving as (
    select * from gone where experiment not in (select experiment from experiment_kept)
  ), entry as (
    insert into experiment_entry as known (experiment, phase, arm, stratum, standing, at, units, simulated, late)
    select experiment, phase, coalesce(arm, ''), stratum, standing, entered, -count(*), -count(*) filter (where simulated), -count(*) filter (where late)
    from leaving group by 1, 2, 3, 4, 5, 6
    on conflict (experiment, phase, arm, stratum, standing, at) do update
      set units = known.units + excluded.units, simulated = known.simulated + excluded.simulated, late = known.late + excluded.late
  ), v as (
    delete from experiment_value v using leaving g where (v.experiment, v.phase, v.unit) = (g.experiment, g.phase, g.unit)
    returning v.*, g.arm, g.stratum, g.entered
  ), spread as (
    insert into experiment_spread as known (experiment, phase, metric, arm, total, units)
    select experiment, phase, metric, arm, total, -count(*) from (
      select distinct on (v.experiment, v.phase, v.metric, v.unit) v.experiment, v.phase, v.metric, v.arm, experiment_total(x.kind, v.m0 + v.m, v.d0 + v.d) as total
      from v join experiment_metric x on x.id = v.metric and x.spread order by v.experiment, v.phase, v.metric, v.unit, v.at desc) e
    where total is not null group by 1, 2, 3, 4, 5
    on conflict (experiment, phase, metric, arm, total) do update set units = known.units + excluded.units
  ), age as (
    insert into experiment_age as known (experiment, phase, metric, arm, day, units, m, d, mm, dd, md)
    select experiment, phase, metric, arm, day, -count(*), -sum(m), -sum(d), -sum(m * m), -sum(d * d), -sum(m * d) from (
      select v.experiment, v.phase, v.metric, v.arm, v.unit, experiment_day(v.at, v.entered) as day, sum(v.m)::numeric as m, sum(v.d)::numeric as d
      from v join experiment e on e.id = v.experiment join experiment_metric x on x.id = v.metric and x.name = e.primary_metric and x.kind = 'ratio'
      group by 1, 2, 3, 4, 5, 6 having sum(v.d) > 0) e
    group by 1, 2, 3, 4, 5
    on conflict (experiment, phase, metric, arm, day) do update set units = known.units + excluded.units, m = known.m + excluded.m,
      d = known.d + excluded.d, mm = known.mm + excluded.mm, dd = known.dd + excluded.dd, md = known.md + excluded.md
  )
  insert into experiment_sum as known (experiment, phase, metric, arm, stratum, at, terms, m, d, a, b, mm, md, ma, mb, dd, da, db, aa, ab, bb)
  select v.experiment, v.phase, v.metric, v.arm, v.stratum, v.at, -count(*), -sum(g.m), -sum(g.d), -sum(g.a), -sum(g.b), -sum(g.mm), -sum(g.md),
    -sum(g.ma), -sum(g.mb), -sum(g.dd), -sum(g.da), -sum(g.db), -sum(g.aa), -sum(g.ab), -sum(g.bb)
  from v left join experiment_cap k using (experiment, phase, metric), lateral experiment_growth(v.enters, v.m, v.d, v.m0, v.d0, v.a, v.b, k.cap) g
  group by 1, 2, 3, 4, 5, 6
  on conflict (experiment, phase, metric, arm, stratum, at) do update set terms = known.terms + excluded.terms, m = known.m + excluded.m,
    d = known.d + excluded.d, a = known.a + excluded.a, b = known.b + excluded.b, mm = known.mm + excluded.mm, md = known.md + excluded.md,
    ma = known.ma + excluded.ma, mb = known.mb + excluded.mb, dd = known.dd + excluded.dd, da = known.da + excluded.da, db = known.db + excluded.db,
    aa = known.aa + excluded.aa, ab = known.ab + excluded.ab, bb = known.bb + excluded.bb;
  delete from experiment_entry where units = 0 and (experiment, phase) in (select experiment, phase from gone);
  delete from experiment_sum where terms = 0;
  delete from experiment_spread where units = 0;
  delete from experiment_age where units = 0 and (experiment, phase) in (select experiment, phase from gone);
  return null;
end $$;

-- Everything that is not only kept in sums is counted anew.
truncate experiment_value;
delete from experiment_cap where experiment not in (select experiment from experiment_kept);
delete from experiment_sum where experiment not in (select experiment from experiment_kept);
insert into experiment_waiting (experiment, unit)
  select distinct experiment, unit from experiment_unit where experiment not in (select experiment from experiment_kept) on conflict do nothing;
