-- Sites from before this plugin have the table already.
create table if not exists api_token (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 80),
  hash bytea not null unique,
  hint text not null,
  scope text not null check (scope in ('read', 'write')),
  created_by integer,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  revoked_at timestamptz
);
