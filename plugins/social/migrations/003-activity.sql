-- What people did besides rating, for feeds. Written with what it is about, in the same transaction.
create table activity (
  id bigint generated always as identity primary key,
  account integer not null references account on delete cascade,
  kind text not null check (kind in ('review', 'list')),
  subject integer not null,
  film integer references film,
  title text check (length(title) <= 200),
  href text not null check (href ~ '^/[^/\\]' and length(href) <= 200),
  at timestamptz not null,
  unique (kind, subject)
);
create index activity_latest on activity (account, at desc);

create table notification (
  id bigint generated always as identity primary key,
  account integer not null references account on delete cascade,
  actor integer references account on delete cascade,
  kind text not null check (kind in ('follow', 'request', 'accepted', 'like', 'comment', 'reply', 'share', 'list-like', 'warning')),
  subject integer not null,
  href text not null check (href ~ '^/[^/\\]' and length(href) <= 200),
  title text check (length(title) <= 500),
  at timestamptz not null,
  read_at timestamptz,
  check (account is distinct from actor)
);
create unique index notification_once on notification (account, kind, subject, actor) nulls not distinct;
create index notification_latest on notification (account, at desc, id desc);
create index notification_unread on notification (account) where read_at is null;
create index notification_actor on notification (actor);
