-- Films are put in order of popularity in memory: a rating, which changes the two sums, then touches no index.
drop index film_popular;
alter table film set (fillfactor = 80);

-- What was typed as a pattern: for the beginning of a text, and of any word in it. No index knows words of two letters.
create function at_start(typed text) returns text language sql immutable parallel safe
  as $$ select regexp_replace(typed, '([\\%_])', '\\\1', 'g') || '%' $$;
create function at_word(typed text) returns text language sql immutable parallel safe
  as $$ select case when length(typed) > 2 then '\m' || regexp_replace(typed, '(\W)', '\\\1', 'g') end $$;

-- Titles that hold what was typed; only where there are none, titles in which a run of words comes near it; only where
-- there are none either, titles that resemble it as a whole. Each takes about ten times as long as the one before, and
-- the limits keep texts that say nothing, like "the", from being compared with every title. Comparing costs more than
-- the planner believes, so it may not scan the table.
create or replace function find_films(typed text) returns table (id integer, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with exact as materialized (
          select f.id, f.search, f.rating_count from film f
          where not f.hidden and (f.search ~ at_word(typed) or f.search like at_start(typed) or f.search like '% ' || at_start(typed))
          order by f.search = typed desc, starts_with(f.search, typed) desc, f.rating_count desc, f.id limit 500
        ), near as materialized (
          select f.id, f.search, f.rating_count from film f
          where not exists (select from exact) and not f.hidden and typed <% f.search limit 1000
        ), alike as (
          select f.id, f.search, f.rating_count from film f
          where not exists (select from exact) and not exists (select from near) and not f.hidden and f.search % typed limit 1000
        )
        select id, (match_score(typed, search) + 0.02 * ln(1 + rating_count))::real
        from (select * from exact union all select * from near union all select * from alike) found $$;
create or replace function find_people(typed text) returns table (id integer, name text, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with exact as materialized (
          select p.id, p.name, p.search from person p
          where p.search ~ at_word(typed) or p.search like at_start(typed) or p.search like '% ' || at_start(typed)
          order by p.search = typed desc, starts_with(p.search, typed) desc, p.id limit 500
        ), near as materialized (
          select p.id, p.name, p.search from person p where not exists (select from exact) and typed <% p.search limit 1000
        ), alike as (
          select p.id, p.name, p.search from person p
          where not exists (select from exact) and not exists (select from near) and p.search % typed limit 1000
        )
        select id, name, match_score(typed, search)
        from (select * from exact union all select * from near union all select * from alike) found $$;
