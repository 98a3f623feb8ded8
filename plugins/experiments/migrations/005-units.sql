-- Operators look at an arm by a signed link. What they see then is served, but not counted.
create table experiment_forced (
  unit integer not null references unit on delete cascade,
  experiment integer not null references experiment on delete cascade,
  arm text not null,
  until timestamptz not null,
  primary key (unit, experiment)
);
create index experiment_forced_until on experiment_forced (until);

-- Processes remember what assignment has to know of a unit, until it changes.
create function experiment_unit_changed() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'unit' then perform pg_notify('marquee', 'experiments.unit ' || new.id);
  elsif tg_op = 'DELETE' then perform pg_notify('marquee', 'experiments.unit ' || old.unit);
  else perform pg_notify('marquee', 'experiments.unit ' || new.unit); end if;
  return null;
end $$;
create trigger experiment_unit_changed after update of staff, simulated, account, merged_into on unit
  for each row when ((old.staff, old.simulated, old.account, old.merged_into) is distinct from (new.staff, new.simulated, new.account, new.merged_into))
  execute function experiment_unit_changed();
create trigger experiment_forced_changed after insert or update or delete on experiment_forced
  for each row execute function experiment_unit_changed();
