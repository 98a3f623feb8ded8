-- Which units' histories changed in which transaction, so that models can be brought up to date. The times in the tables
-- say when something happened to the viewer, which an import or a program may tell years later, and deleting leaves none.
-- No reference to unit: a unit that was deleted has changed, too.
create table history_change (
  unit integer primary key,
  tx xid8 not null
);
create index history_change_tx on history_change (tx);

create function note_history_change() returns trigger language plpgsql as $$
begin
  insert into history_change (unit, tx)
    select unit, pg_current_xact_id() from (select distinct unit from changed order by unit) as u
    on conflict (unit) do update set tx = excluded.tx where history_change.tx <> excluded.tx;
  return null;
end $$;

create trigger rating_inserted_note after insert on rating
  referencing new table as changed for each statement execute function note_history_change();
create trigger rating_updated_note after update on rating
  referencing new table as changed for each statement execute function note_history_change();
create trigger rating_deleted_note after delete on rating
  referencing old table as changed for each statement execute function note_history_change();
create trigger watch_inserted_note after insert on watch
  referencing new table as changed for each statement execute function note_history_change();
create trigger watch_deleted_note after delete on watch
  referencing old table as changed for each statement execute function note_history_change();
create trigger dismissal_inserted_note after insert on dismissal
  referencing new table as changed for each statement execute function note_history_change();
create trigger dismissal_deleted_note after delete on dismissal
  referencing old table as changed for each statement execute function note_history_change();
