-- Credit of an interleaving: what a viewer did with the films of either arm, by step. a is the control's, b the other arm's.
create table experiment_credit (
  experiment integer not null,
  phase integer not null,
  unit integer not null,
  what text not null check (what in ('clicks', 'successes')),
  at timestamptz not null,
  a integer not null check (a >= 0),
  b integer not null check (b >= 0),
  primary key (experiment, phase, unit, what, at),
  foreign key (experiment, phase, unit) references experiment_unit on delete cascade
);
-- The credit of those who were in one before this table was.
insert into experiment_waiting (experiment, unit)
  select distinct a.experiment, a.unit from list_assignment a join experiment e on e.id = a.experiment where e.kind = 'interleaving'
  on conflict do nothing;

-- Of an experiment that ended long ago: its credit summed over viewers, step by step.
alter table experiment_kept add credits jsonb not null default '[]' check (jsonb_typeof(credits) = 'array');
