-- What is known of a list only when it is served: see FactsOfLists. Lists from before stay without.
alter table served_list
  add novelty real check (novelty >= 0),
  add diversity real check (diversity between -0.001 and 1),
  add milliseconds real check (milliseconds >= 0);

-- In which transaction which unit's lists in experiments and outcomes changed last, so that experiments count only what is
-- new, whenever it says that it happened. Clicks are noted in history_change.
create table tracking_change (
  unit integer primary key,
  tx xid8 not null
);
create index tracking_change_tx on tracking_change (tx);

create function note_tracking_change() returns trigger language plpgsql as $$
begin
  insert into tracking_change (unit, tx)
    select unit, pg_current_xact_id() from (select distinct unit from changed order by unit) as u
    on conflict (unit) do update set tx = excluded.tx where tracking_change.tx <> excluded.tx;
  return null;
end $$;

create trigger list_assignment_inserted_note after insert on list_assignment
  referencing new table as changed for each statement execute function note_tracking_change();
create trigger list_assignment_moved_from_note after update on list_assignment
  referencing old table as changed for each statement execute function note_tracking_change();
create trigger list_assignment_moved_to_note after update on list_assignment
  referencing new table as changed for each statement execute function note_tracking_change();
create trigger outcome_inserted_note after insert on outcome
  referencing new table as changed for each statement execute function note_tracking_change();
create trigger outcome_moved_from_note after update on outcome
  referencing old table as changed for each statement execute function note_tracking_change();
create trigger outcome_moved_to_note after update on outcome
  referencing new table as changed for each statement execute function note_tracking_change();
