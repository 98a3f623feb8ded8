-- What a bandit gave its arms from a time on: viewers who come new are shared out by it, the others stay where they are.
create table experiment_allocation (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  -- 1, 2 …; before the first one, arms have their shares
  epoch integer not null check (epoch >= 1),
  at timestamptz not null,
  -- percent by arm
  shares jsonb not null check (jsonb_typeof(shares) = 'object'),
  -- by arm, the probability to be the best one, as it was known then
  best jsonb not null check (jsonb_typeof(best) = 'object'),
  primary key (experiment, phase, epoch)
);
create trigger experiment_allocation_append_only before update on experiment_allocation
  for each row execute function refuse_change();
