-- A click is part of what a viewer's preferences are made of, so models are brought up to date with it as with a rating.
-- Clicks that go with old lists are many and count little: what they leave behind waits for the daily training.
create trigger click_inserted_note after insert on click
  referencing new table as changed for each statement execute function note_history_change();
create trigger click_moved_from_note after update on click
  referencing old table as changed for each statement execute function note_history_change();
create trigger click_moved_to_note after update on click
  referencing new table as changed for each statement execute function note_history_change();
