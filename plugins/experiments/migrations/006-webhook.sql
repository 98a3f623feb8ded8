-- Each attempt to tell those outside of an event.
create table experiment_delivery (
  id integer generated always as identity primary key,
  event integer not null references experiment_event on delete cascade,
  at timestamptz not null default now(),
  attempt integer not null check (attempt >= 1),
  -- without its query, which may hold a key
  url text not null,
  -- null: no answer
  status integer,
  error text not null default '' check (length(error) <= 500)
);
create index experiment_delivery_event on experiment_delivery (event, id);
