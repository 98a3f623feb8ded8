-- Who may see what somebody does. No row: everybody.
create table profile_privacy (
  account integer primary key references account on delete cascade,
  level text not null check (level in ('public', 'followers', 'private')),
  updated_at timestamptz not null
);
create table follow_request (
  follower integer not null references account on delete cascade,
  followed integer not null references account on delete cascade,
  at timestamptz not null,
  primary key (follower, followed),
  check (follower <> followed)
);
create index follow_request_followed on follow_request (followed, at desc);
create table block (
  blocker integer not null references account on delete cascade,
  blocked integer not null references account on delete cascade,
  at timestamptz not null,
  primary key (blocker, blocked),
  check (blocker <> blocked)
);
create index block_blocked on block (blocked);
create table mute (
  muter integer not null references account on delete cascade,
  muted integer not null references account on delete cascade,
  at timestamptz not null,
  primary key (muter, muted),
  check (muter <> muted)
);
create index mute_muted on mute (muted);
create index follow_latest on follow (follower, at desc);
