-- One line for each day on which somebody watched a film.
create table diary_entry (
  id integer generated always as identity primary key,
  unit integer not null references unit on delete cascade,
  film integer not null references film,
  watched_on date not null check (watched_on >= '1900-01-01'),
  rewatch boolean not null default false,
  noted_at timestamptz not null,
  unique (unit, film, watched_on)
);
create index diary_entry_latest on diary_entry (unit, watched_on desc, id desc);
