-- The ledger of background work, the truth about every run. Agenda only says when one is due, and to whom.
create table job_run (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 100),
  -- runs with the same name and key never wait or run side by side
  key text check (length(key) between 1 and 200),
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object' and length(payload::text) <= 100000),
  -- failed: refused for a reason that trying again cannot mend; dead: given up after the last attempt
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'dead', 'cancelled')),
  attempt integer not null default 0,
  attempts integer not null default 3 check (attempts between 1 and 100),
  run_at timestamptz not null default now(),
  -- when it was handed to Agenda and not yet taken by a worker
  dispatched_at timestamptz,
  -- who runs it holds this token, and the run only until then
  lease_token uuid,
  lease_until timestamptz,
  cancel_requested boolean not null default false,
  worker text,
  progress real not null default 0 check (progress between 0 and 1),
  note text not null default '' check (length(note) <= 500),
  result jsonb,
  error text check (length(error) <= 4000),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check (attempt between 0 and attempts),
  check ((status = 'running') = (lease_token is not null) and (lease_token is null) = (lease_until is null)),
  check ((status in ('queued', 'running')) = (finished_at is null))
);
create unique index job_run_one_alive on job_run (name, key) where status in ('queued', 'running');
create index job_run_due on job_run (run_at, id) where status = 'queued';
create index job_run_leased on job_run (lease_until) where status = 'running';
create index job_run_by_name on job_run (name, id desc);
create index job_run_by_status on job_run (status, id desc);
create index job_run_finished on job_run (finished_at) where finished_at is not null;

-- The last tick of each cron job that was turned into a run, so that no two processes do it twice and a missed one is seen.
create table job_tick (
  name text primary key,
  tick timestamptz not null
);

-- How long a run waits after its n-th attempt: doubling, at most about 10 minutes, spread so that what failed together does not come back together.
create function job_delay(attempt integer, base double precision) returns interval language sql volatile
  return make_interval(secs => least(base * 2 ^ least(attempt - 1, 20), 600) * (0.5 + random()));
