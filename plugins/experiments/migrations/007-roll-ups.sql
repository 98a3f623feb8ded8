-- Metrics by a short number. `definition` is what was counted: when it changes, everything is counted anew.
create table experiment_metric (
  id smallint generated always as identity primary key,
  name text not null unique,
  definition text not null
);

-- Up to where changes have been counted: those that this snapshot does not see are still to come.
create table experiment_roll_up (
  one boolean primary key default true check (one),
  snapshot pg_snapshot not null,
  at timestamptz not null,
  -- the time before that
  before timestamptz
);
-- Units that are to be counted again, and hours or days whose sums are to be added up again.
create table experiment_waiting (
  experiment integer not null references experiment on delete cascade,
  unit integer not null,
  primary key (experiment, unit)
);
create table experiment_touched (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  at timestamptz not null,
  primary key (experiment, phase, at)
);

-- The beginning of the hour, in a phase's first days, or else of the day (UTC).
create function experiment_step(at timestamptz, started timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select case when at >= date_bin('1 day', started, '1970-01-01T00:00Z') and at < date_bin('1 day', started, '1970-01-01T00:00Z') + interval '96 hours'
    then date_bin('1 hour', at, '1970-01-01T00:00Z') else date_bin('1 day', at, '1970-01-01T00:00Z') end
$$;

-- Who was shown lists of an experiment.
create table experiment_unit (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  unit integer not null references unit on delete cascade,
  -- null: lists of several arms
  arm text,
  -- whether it counts, or why not
  standing text not null check (standing in ('counted', 'crossed', 'staff', 'simulated')),
  simulated boolean not null,
  first_at timestamptz not null,
  -- the step of first_at
  entered timestamptz not null,
  -- the group in which estimates are made; '' = there is no division
  stratum text not null,
  segments jsonb not null,
  -- told of more than a day after it happened
  late boolean not null,
  primary key (experiment, phase, unit)
);

-- What a unit added to a metric in a step: m, and for ratios the denominator d; m0 and d0 are its sums before the step.
-- a and b are the same as m and d from before the unit's first exposure.
create table experiment_value (
  experiment integer not null,
  phase integer not null,
  unit integer not null,
  metric smallint not null references experiment_metric,
  at timestamptz not null,
  -- the step in which the unit begins to count for the metric
  enters boolean not null,
  m double precision not null,
  d double precision not null,
  m0 double precision not null,
  d0 double precision not null,
  a double precision not null,
  b double precision not null,
  primary key (experiment, phase, unit, metric, at)
);
create index experiment_value_step on experiment_value (experiment, phase, at);
create index experiment_unit_unit on experiment_unit (unit);

-- By statement: a reference would look up each of the many values.
create function forget_values() returns trigger language plpgsql as $$
begin
  delete from experiment_value v using gone g where (v.experiment, v.phase, v.unit) = (g.experiment, g.phase, g.unit);
  return null;
end $$;
create trigger experiment_unit_deleted after delete on experiment_unit
  referencing old table as gone for each statement execute function forget_values();

-- What a unit's sum counts at most.
create table experiment_cap (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  metric smallint not null references experiment_metric,
  cap double precision not null,
  primary key (experiment, phase, metric)
);

-- What a step added to the sums over units of an arm. Sums of squares and products are what the unit's square grew by, so
-- that adding up steps gives the sums over units of any period from the start.
create table experiment_sum (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  metric smallint not null references experiment_metric,
  arm text not null,
  stratum text not null,
  at timestamptz not null,
  m double precision not null,
  d double precision not null,
  a double precision not null,
  b double precision not null,
  mm double precision not null,
  md double precision not null,
  ma double precision not null,
  mb double precision not null,
  dd double precision not null,
  da double precision not null,
  db double precision not null,
  aa double precision not null,
  ab double precision not null,
  bb double precision not null,
  primary key (experiment, phase, metric, arm, stratum, at)
);

-- How many units entered in a step.
create table experiment_entry (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  -- '' = several
  arm text not null,
  stratum text not null,
  standing text not null,
  at timestamptz not null,
  units integer not null,
  simulated integer not null,
  late integer not null,
  primary key (experiment, phase, arm, stratum, standing, at)
);

-- The sums that were kept of experiments that ended long ago.
insert into experiment_metric (name, definition) values ('ctr', ''), ('conversion', '');
create temporary table kept on commit drop as
  select k.experiment, e.phase, h.* from experiment_sums k join experiment e on e.id = k.experiment, jsonb_to_recordset(k.hours) as h
    (arm text, hour timestamptz, viewers integer, simulated integer, d double precision, m double precision,
     dd double precision, mm double precision, md double precision, converted integer);
insert into experiment_entry
  select experiment, phase, coalesce(arm, ''), '', case when arm is null then 'crossed' else 'counted' end, hour, sum(viewers), sum(simulated), 0
  from kept where viewers > 0 group by 1, 2, 3, 5, 6;
insert into experiment_sum (experiment, phase, metric, arm, stratum, at, m, d, a, b, mm, md, ma, mb, dd, da, db, aa, ab, bb)
  select k.experiment, k.phase, x.id, k.arm, '', k.hour, sum(s.m), sum(s.d), 0, 0, sum(s.mm), sum(s.md), 0, 0, sum(s.dd), 0, 0, 0, 0, 0
  from kept k join experiment_metric x on true,
    lateral (select case x.name when 'ctr' then k.m else k.converted end as m, case x.name when 'ctr' then k.d else 0 end as d,
      case x.name when 'ctr' then k.mm else k.converted end as mm, case x.name when 'ctr' then k.md else 0 end as md,
      case x.name when 'ctr' then k.dd else 0 end as dd) s
  where k.arm is not null group by 1, 2, 3, 4, 6;
alter table experiment_sums rename to experiment_kept;
alter table experiment_kept drop column hours;
-- Quantiles cannot be made from sums: per metric and arm, what was known of them.
alter table experiment_kept add quantiles jsonb not null default '[]';
