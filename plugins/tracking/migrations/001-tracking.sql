-- One row a list that somebody saw.
create table served_list (
  id uuid primary key,
  unit integer not null references unit on delete cascade,
  -- where it stood: "home.for-you"
  surface text not null,
  blend_version integer references blend_version,
  films integer[] not null,
  -- the leading algorithm of each film
  algorithms text[] not null check (cardinality(algorithms) = cardinality(films)),
  served_at timestamptz not null
);
-- Which of a unit's last lists showed a film: 72 hours of one unit are a few rows, read backwards until one fits.
create index served_list_unit on served_list (unit, served_at desc);
create index served_list_at on served_list (served_at) include (unit);

create table list_assignment (
  list uuid not null references served_list on delete cascade,
  experiment integer not null,
  arm text not null,
  unit integer not null references unit on delete cascade,
  served_at timestamptz not null,
  primary key (list, experiment)
);
create index list_assignment_experiment on list_assignment (experiment, unit, served_at) include (arm);

-- position counts from 0
create table click (
  list uuid not null references served_list on delete cascade,
  position smallint not null check (position >= 0),
  film integer not null references film,
  unit integer not null references unit on delete cascade,
  at timestamptz not null,
  primary key (list, position)
);

create table outcome (
  list uuid not null references served_list on delete cascade,
  film integer not null references film,
  kind text not null check (kind in ('rating', 'watchlist', 'watched')),
  unit integer not null references unit on delete cascade,
  position smallint not null,
  algorithm text not null,
  at timestamptz not null,
  primary key (list, film, kind),
  -- Taking a film off the watchlist and putting it on again is no second success.
  unique (unit, film, kind)
);

-- What was shown, added up by hour: lists are many, and live figures are asked for often.
create table shown_hour (
  hour timestamptz not null,
  unit integer not null references unit on delete cascade,
  blend_version integer references blend_version,
  algorithm text not null,
  films integer not null,
  unique nulls not distinct (hour, unit, blend_version, algorithm)
);
create index shown_hour_unit on shown_hour (unit);
