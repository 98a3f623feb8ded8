-- Somebody's word against what somebody wrote. What was said is kept as it was, for whoever decides.
create table report (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('person', 'review', 'comment', 'share')),
  subject integer not null,
  author integer not null references account on delete cascade,
  reporter integer references account on delete set null,
  reason text not null check (reason in ('spam', 'insult', 'spoiler', 'illegal', 'other')),
  note text not null default '' check (length(note) <= 500),
  excerpt text not null check (length(excerpt) <= 1000),
  href text not null check (href ~ '^/[^/\\]' and length(href) <= 200),
  at timestamptz not null,
  decision text check (decision in ('dismissed', 'hidden', 'warned', 'suspended')),
  decided_by integer references account,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null))
);
create unique index report_once on report (kind, subject, reporter) where decision is null;
create index report_open on report (at) where decision is null;
create index report_decided on report (decided_at desc) where decision is not null;
create index report_author on report (author);

create table hidden_content (
  kind text not null check (kind in ('person', 'review', 'comment', 'share')),
  subject integer not null,
  at timestamptz not null,
  primary key (kind, subject)
);

create table suspension (
  account integer primary key references account on delete cascade,
  until timestamptz not null,
  reason text not null check (length(reason) <= 500),
  at timestamptz not null,
  check (until > at)
);

-- One row for each thing written, to bound how much one account writes in an hour, over all processes.
create table written (
  account integer not null references account on delete cascade,
  kind text not null,
  at timestamptz not null
);
create index written_lately on written (account, kind, at desc);
create index written_at on written (at);
