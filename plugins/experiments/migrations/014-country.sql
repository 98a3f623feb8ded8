-- Where a unit was seen last, by ISO 3166-1: kept only where an operator named a header of a proxy that says so.
create table experiment_country (
  unit integer primary key references unit on delete cascade,
  country text not null check (country ~ '^[A-Z]{2}$'),
  at timestamptz not null default now()
);
