-- What a newcomer picks is part of the preferences that models learn from.
create trigger pick_inserted_note after insert on pick
  referencing new table as changed for each statement execute function note_history_change();
create trigger pick_deleted_note after delete on pick
  referencing old table as changed for each statement execute function note_history_change();
