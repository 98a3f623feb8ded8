-- `probable`: the title is only like the film's; its owner ticks it, or it is left out.
-- `place`: where the line stands in a zip, "diary.csv:12".
alter table import_row
  add column probable boolean not null default false,
  add column place text not null default '' check (length(place) <= 120),
  add check (unsure or not probable);
