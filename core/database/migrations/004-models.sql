-- What operators need to know of a version, and updates: a model with what viewers did since it was trained.
alter table model
  -- an update belongs to the trained version that it began with; a newer one replaces it
  add column parent integer references model on delete cascade,
  add column revision integer not null default 0 check (revision >= 0),
  -- viewers whose changes the last update put in
  add column units integer,
  -- what was committed when its data was read: pg_current_snapshot(); null = made before updates existed
  add column snapshot text,
  -- of the training thread, sampled; double, because a bigint would come as text
  add column peak_bytes double precision,
  -- the gate's answer: a refused version is served only when an operator wants it
  add column refused boolean not null default false,
  add column verdict text not null default '',
  -- why it cannot be loaded; written by the first process that found out
  add column broken text,
  drop constraint model_algorithm_version_key,
  add constraint model_number unique (algorithm, version, revision),
  add constraint model_revision check ((parent is null) = (revision = 0));
create unique index model_one_update on model (parent) where parent is not null;

-- How strict the gate is and how much is kept, for all algorithms.
create table model_policy (
  one boolean primary key default true check (one),
  -- how far NDCG@10 may fall, as a fraction of the champion's; 1 lets everything through
  tolerance double precision not null default 0.1 check (tolerance between 0 and 1),
  kept integer not null default 5 check (kept between 2 and 50),
  version integer not null default 0
);
insert into model_policy default values;
