-- The watchlist is part of the preferences that models learn from. It is kept by account, changes are noted by unit.
create function note_watchlist_change() returns trigger language plpgsql as $$
begin
  insert into history_change (unit, tx)
    select id, pg_current_xact_id() from (select distinct u.id from changed join unit u using (account) order by u.id) as units
    on conflict (unit) do update set tx = excluded.tx where history_change.tx <> excluded.tx;
  return null;
end $$;
create trigger watchlist_item_inserted_note after insert on watchlist_item
  referencing new table as changed for each statement execute function note_watchlist_change();
create trigger watchlist_item_deleted_note after delete on watchlist_item
  referencing old table as changed for each statement execute function note_watchlist_change();
