create table follow (
  follower integer not null references account on delete cascade,
  followed integer not null references account on delete cascade,
  at timestamptz not null,
  primary key (follower, followed),
  check (follower <> followed)
);
create index follow_followed on follow (followed, at desc);
