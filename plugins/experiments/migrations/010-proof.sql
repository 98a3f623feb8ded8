-- What a draft's test would find on the site's own past, see proof/. Only the latest is kept, with the version of the draft that it is about.
create table experiment_proof (
  experiment integer primary key references experiment on delete cascade,
  version integer not null check (version > 0),
  at timestamptz not null default now(),
  result jsonb not null check (jsonb_typeof(result) = 'object')
);
