-- Viewers put their watchlist in order: the smallest place first. It began as the newest first.
alter table watchlist_item
  add column place integer not null default 0,
  add column note text not null default '' check (length(note) <= 500);
update watchlist_item i set place = r.place
  from (select account, film, row_number() over (partition by account order by added_at desc, film) as place from watchlist_item) r
  where i.account = r.account and i.film = r.film;
drop index watchlist_item_newest;
create index watchlist_item_order on watchlist_item (account, place, added_at desc);
