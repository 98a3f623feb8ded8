-- The chance of each film to stand at its place, given those before it; null where nothing was left to chance.
alter table served_list add propensities real[] check (cardinality(propensities) = cardinality(films));

-- What such a list was drawn from. It is much, so it goes earlier than the list.
create table exploration_log (
  list uuid primary key references served_list on delete cascade,
  temperature real not null check (temperature > 0),
  -- so many first places were left alone
  fixed smallint not null check (fixed >= 0),
  -- best first, with their scores by the blend
  pool integer[] not null,
  blended real[] not null check (cardinality(blended) = cardinality(pool)),
  -- by algorithm, an array parallel to the pool
  scores jsonb not null,
  served_at timestamptz not null
);
create index exploration_log_at on exploration_log (served_at);
