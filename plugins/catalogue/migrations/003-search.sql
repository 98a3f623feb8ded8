-- Keywords are searched, and have pages of their own. Two that are written differently ("sci-fi", "sci fi") share one.
alter table keyword
  add column search text not null generated always as (plain_text(name)) stored,
  add column slug text not null generated always as (slug_of(name)) stored;
create index keyword_search on keyword using gin (search gin_trgm_ops);
create index keyword_slug on keyword (slug);
create index film_keyword_keyword on film_keyword (keyword, film);

-- "the godfather" is "godfather" for whoever looks for it
create function with_article(text) returns text[] language sql immutable parallel safe
  as $$ select array['the ' || $1, 'a ' || $1, 'an ' || $1, 'la ' || $1, 'le ' || $1, 'les ' || $1, 'el ' || $1, 'los ' || $1, 'il ' || $1,
                     'der ' || $1, 'die ' || $1, 'das ' || $1, 'den ' || $1, 'det ' || $1] $$;

-- The patterns of at_start, where at_word has nothing to look for: such words stand in no index of words.
create function at_start_only(typed text) returns text language sql immutable parallel safe
  as $$ select case when at_word(typed) is null or typed !~ '^\w' then at_start(typed) end $$;

create or replace function match_score(typed text, found text) returns real language sql immutable parallel safe
  as $$ select greatest(similarity(found, typed), 0.9 * word_similarity(typed, found))::real
             + case when found = typed or found = any (with_article(typed)) then 0.4
                    when starts_with(found, typed) then 0.3
                    when found ~ ('\m' || regexp_replace(typed, '(\W)', '\\\1', 'g')) then 0.15 else 0 end $$;

-- What a viewer narrows a search to; null asks for nothing. Minutes, years, and stars as in the orders of lists: as if ten more viewers
-- had given three. `without` holds films that the viewer has seen.
create function film_fits(f film, since integer, until integer, shortest integer, longest integer, stars real, without integer[])
  returns boolean language sql stable as $$
  select not f.hidden
     and (since is null or f.year >= since) and (until is null or f.year <= until)
     and (shortest is null or f.runtime >= shortest) and (longest is null or f.runtime <= longest)
     and (stars is null or (f.rating_sum + 30) / (f.rating_count + 10) >= stars)
     and (without is null or not f.id = any (without)) $$;

drop function find_films(text);
create function find_films(typed text, in_genre integer, since integer, until integer, shortest integer, longest integer, stars real, without integer[])
  returns table (id integer, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with exact as materialized (
          select f.id, f.search, f.rating_count from film f
          where (f.search ~ at_word(typed) or f.search like at_start_only(typed) or f.search like '% ' || at_start_only(typed))
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre))
          order by f.search = typed desc, f.search = any ((select with_article(typed))::text[]) desc, starts_with(f.search, typed) desc, f.rating_count desc, f.id limit 500
        ), near as materialized (
          select f.id, f.search, f.rating_count from film f
          where not exists (select from exact) and typed <% f.search
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre)) limit 1000
        ), alike as (
          select f.id, f.search, f.rating_count from film f
          where not exists (select from exact) and not exists (select from near) and f.search % typed
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre)) limit 1000
        )
        select id, (match_score(typed, search) + 0.02 * ln(1 + rating_count))::real
        from (select * from exact union all select * from near union all select * from alike) found $$;

create function find_keywords(typed text) returns table (id integer, name text, slug text, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.45
  as $$ select k.id, k.name, k.slug, match_score(typed, k.search) from keyword k
        where k.search ~ at_word(typed) or k.search like at_start(typed) or k.search % typed $$;
