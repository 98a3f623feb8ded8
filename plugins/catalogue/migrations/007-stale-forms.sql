-- When each was changed last: it tells a form that was opened before somebody else's change.
alter table person add column updated_at timestamptz not null default now();
alter table genre add column updated_at timestamptz not null default now();
