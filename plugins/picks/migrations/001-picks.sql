-- What newcomers choose from. The newest groups are shown; older ones stay for a while, for forms that are still open.
create table pick_group (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 100),
  films integer[] not null check (cardinality(films) between 1 and 12),
  made_at timestamptz not null
);
create index pick_group_made_at on pick_group (made_at);

-- What a unit chose, as it was shown then: groups come and go.
create table pick (
  unit integer not null references unit on delete cascade,
  pick_group integer not null,
  name text not null,
  films integer[] not null,
  at timestamptz not null,
  primary key (unit, pick_group)
);

-- "Not now"
create table pick_skip (
  unit integer primary key references unit on delete cascade,
  at timestamptz not null
);
