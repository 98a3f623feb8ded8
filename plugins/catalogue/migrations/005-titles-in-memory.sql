-- Titles that hold what was typed are found in memory, all of them and within milliseconds, with what narrows them. What is left to the
-- database is to know titles that are spelt alike: a run of words in them that comes near it, and only where there is none, the title as
-- a whole. The limits keep texts that say nothing from being compared with every title.
drop function find_films(text, integer, integer, integer, integer, integer, real, integer[]);
drop function film_fits(film, integer, integer, integer, integer, real, integer[]);
drop function at_start_only(text);
drop index film_named;
alter table film drop column well_known;

create function films_like(typed text) returns table (id integer, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with near as materialized (
          select f.id, f.search from film f where not f.hidden and typed <% f.search limit 1000
        ), alike as (
          select f.id, f.search from film f where not exists (select from near) and not f.hidden and f.search % typed limit 1000
        )
        select id, match_score(typed, search) from (select * from near union all select * from alike) found $$;

-- Comparing costs more than the planner believes, so it may not scan these tables either.
alter function find_people(text) set enable_seqscan = off;
create or replace function find_keywords(typed text) returns table (id integer, name text, slug text, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.45 set enable_seqscan = off
  as $$ with exact as materialized (
          select k.id, k.name, k.slug, k.search from keyword k
          where k.search ~ at_word(typed) or k.search like at_start(typed) or k.search like '% ' || at_start(typed)
          order by k.search = typed desc, starts_with(k.search, typed) desc, k.id limit 500
        ), alike as (
          select k.id, k.name, k.slug, k.search from keyword k where not exists (select from exact) and k.search % typed limit 500
        )
        select id, name, slug, match_score(typed, search) from (select * from exact union all select * from alike) found $$;
