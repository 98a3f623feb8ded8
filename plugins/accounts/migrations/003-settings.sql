-- A picture of an account, already made small by the server; without a row one is drawn from the name.
create table avatar (
  account integer primary key references account on delete cascade,
  picture bytea not null check (octet_length(picture) between 1 and 200000),
  changed_at timestamptz not null
);

-- Links for a new password. Only the SHA-256 of what stands in the link is kept; it is used once, within the hour.
create table reset_link (
  hash text primary key check (length(hash) = 43),
  account integer not null references account on delete cascade,
  expires_at timestamptz not null
);
create index reset_link_account on reset_link (account);

-- Letters that no mail server took, because the site has none: an operator hands them on. They go within the day.
create table unsent_letter (
  id integer generated always as identity primary key,
  account integer not null references account on delete cascade,
  recipient text not null,
  subject text not null,
  body text not null,
  at timestamptz not null default now()
);

alter table account add column shortcuts boolean not null default true;

-- The row of somebody who left stays, because others' tables name it, with nothing personal in it.
alter table account add column left_at timestamptz;
