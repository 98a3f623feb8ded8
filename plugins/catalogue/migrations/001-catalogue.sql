create table film (
  id integer generated always as identity primary key,
  movielens_id integer unique check (movielens_id > 0),
  imdb_id integer check (imdb_id > 0),
  title text not null check (length(title) between 1 and 300),
  year integer check (year between 1870 and 2100),
  runtime integer check (runtime between 1 and 2000),
  country text not null default '',
  plot text not null default '',
  hidden boolean not null default false,
  search text not null generated always as (plain_text(title)) stored,
  -- both are kept by the trigger of the history plugin
  rating_count integer not null default 0 check (rating_count >= 0),
  rating_sum real not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index film_search on film using gin (search gin_trgm_ops);
create index film_title on film (title, year);
create index film_popular on film (rating_count desc, id);

-- A film's place in the order of ids is its position in every trained model: taking one out would shift all others.
create function keep_films() returns trigger language plpgsql as $$
begin
  raise exception 'films are never deleted: hide them' using errcode = 'restrict_violation';
end $$;
create trigger film_keep before delete or truncate on film for each statement execute function keep_films();

create function film_changed() returns trigger language plpgsql as $$
begin new.updated_at := now(); return new; end $$;
create trigger film_changed before update of movielens_id, imdb_id, title, year, runtime, country, plot, hidden on film
  for each row execute function film_changed();

-- "Sci-Fi" is sci-fi, "Film & TV" is film-tv
create function slug_of(text) returns text language sql immutable parallel safe strict
  as $$ select trim(both '-' from regexp_replace(public.plain_text($1), '[^a-z0-9]+', '-', 'g')) $$;

create table genre (
  id integer generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 60),
  slug text not null unique generated always as (slug_of(name)) stored check (slug <> '')
);
create table film_genre (
  film integer not null references film,
  genre integer not null references genre,
  -- the first genre says most about a film
  ord smallint not null,
  primary key (film, genre)
);
create index film_genre_genre on film_genre (genre, film);

-- A person is known by the name alone: the sources carry nothing else.
create table person (
  id integer generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 200),
  search text not null generated always as (plain_text(name)) stored
);
create index person_search on person using gin (search gin_trgm_ops);

create table credit (
  film integer not null references film,
  person integer not null references person,
  job text not null check (job in ('director', 'cast')),
  ord smallint not null,
  role text,
  primary key (film, job, ord)
);
create index credit_person on credit (person);

create table keyword (
  id integer generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 100)
);
create table film_keyword (
  film integer not null references film,
  keyword integer not null references keyword,
  ord smallint not null,
  primary key (film, keyword)
);

-- How well a text answers what was typed, 0 … about 1.3. The whole text counts, a run of words in it counts nearly as
-- much, and a text that begins with what was typed comes before others.
create function match_score(typed text, found text) returns real language sql immutable parallel safe
  as $$ select greatest(similarity(found, typed), 0.9 * word_similarity(typed, found))::real
             + case when starts_with(found, typed) then 0.3 when found ~ ('\m' || regexp_replace(typed, '(\W)', '\\\1', 'g')) then 0.15 else 0 end $$;

-- The thresholds belong to the functions, so that no other query of a pooled connection feels them. Short words need
-- them low: "amelei" shares only four of its seven trigrams with "amelie".
create function find_films(typed text) returns table (id integer, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5
  as $$ select f.id, (match_score(typed, f.search) + 0.02 * ln(1 + f.rating_count))::real
        from film f where not f.hidden and (f.search % typed or typed <% f.search) $$;
create function find_people(typed text) returns table (id integer, name text, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5
  as $$ select p.id, p.name, match_score(typed, p.search) from person p where p.search % typed or typed <% p.search $$;
