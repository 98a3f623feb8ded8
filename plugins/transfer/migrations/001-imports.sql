-- A file from another site, read and compared with the catalogue, until its owner says what to take from it.
create table import_file (
  id integer generated always as identity primary key,
  account integer not null references account on delete cascade,
  name text not null check (length(name) between 1 and 200),
  source text not null check (source in ('letterboxd', 'imdb', 'trakt')),
  state text not null default 'read' check (state in ('read', 'waiting', 'done', 'failed')),
  kinds text[] not null default '{}' check (kinds <@ array['ratings', 'watched', 'diary', 'watchlist', 'reviews']),
  replaces boolean not null default false,
  taken integer not null default 0 check (taken >= 0),
  result jsonb not null default '{}',
  at timestamptz not null
);
create index import_file_account on import_file (account, at desc);

-- A line of the file: what it says, and the film that it means, or why there is none.
create table import_row (
  file integer not null references import_file on delete cascade,
  line integer not null check (line > 0),
  title text not null,
  year integer,
  film integer references film,
  -- the film is not surely the one that is meant
  unsure boolean not null default false,
  problem text,
  chosen boolean not null default true,
  facts jsonb not null,
  primary key (file, line),
  check (num_nonnulls(film, problem) = 1)
);
