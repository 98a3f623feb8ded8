create table film_list (
  id integer generated always as identity primary key,
  account integer not null references account on delete cascade,
  name text not null check (length(name) between 1 and 100),
  description text not null default '' check (length(description) <= 2000),
  public boolean not null default false,
  -- grows with every change of the above, so that two tabs do not undo each other
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index film_list_account on film_list (account, updated_at desc);
create index film_list_public on film_list (updated_at desc) where public;

create table film_list_item (
  list integer not null references film_list on delete cascade,
  film integer not null references film,
  place integer not null,
  note text not null default '' check (length(note) <= 500),
  added_at timestamptz not null,
  primary key (list, film)
);
create index film_list_item_order on film_list_item (list, place);
create index film_list_item_film on film_list_item (film);

create table film_list_like (
  list integer not null references film_list on delete cascade,
  account integer not null references account on delete cascade,
  at timestamptz not null,
  primary key (list, account)
);
create index film_list_like_account on film_list_like (account);
