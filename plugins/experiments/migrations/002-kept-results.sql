-- What the results of an experiment that ended long ago are made from, so that its lists need not be kept.
create table experiment_sums (
  experiment integer primary key references experiment,
  hours jsonb not null check (jsonb_typeof(hours) = 'array'),
  kept_at timestamptz not null default now()
);
