-- Films are put in order of popularity in memory: a rating, which changes the two sums, then touches no index.
drop index film_popular;
alter table film set (fillfactor = 80);

-- Titles in which a run of words comes near what was typed; only where there are none, titles that resemble it as a
-- whole, which takes ten times as long. Comparing costs more than the planner believes, so it must not compare all.
create or replace function find_films(typed text) returns table (id integer, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with found as materialized (
          select f.id, match_score(typed, f.search) + 0.02 * ln(1 + f.rating_count) as score
          from film f where not f.hidden and typed <% f.search)
        select found.id, found.score::real from found
        union all
        select f.id, (match_score(typed, f.search) + 0.02 * ln(1 + f.rating_count))::real
        from film f where not f.hidden and f.search % typed and not exists (select from found) $$;
create or replace function find_people(typed text) returns table (id integer, name text, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with found as materialized (
          select p.id, p.name, match_score(typed, p.search) as score from person p where typed <% p.search)
        select * from found
        union all
        select p.id, p.name, match_score(typed, p.search) from person p where p.search % typed and not exists (select from found) $$;
