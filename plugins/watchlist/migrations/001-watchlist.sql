create table watchlist_item (
  account integer not null references account on delete cascade,
  film integer not null references film,
  added_at timestamptz not null,
  primary key (account, film)
);
create index watchlist_item_newest on watchlist_item (account, added_at desc);
