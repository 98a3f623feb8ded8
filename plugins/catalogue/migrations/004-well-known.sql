-- Words that stand in thousands of titles ("the", "of") are looked for among the well known films first, in an index of their own: where
-- these fill five pages, nothing else is compared but titles that are the very text, or begin with it where few well known ones do. So a search costs no more in a larger catalogue.
-- The column changes once or twice in a film's life, so a rating still touches no index.
alter table film add column well_known boolean not null generated always as (rating_count >= 100) stored;
create index film_search_well_known on film using gin (search gin_trgm_ops) where well_known;
create index film_named on film (search text_pattern_ops);

create or replace function find_films(typed text, in_genre integer, since integer, until integer, shortest integer, longest integer, stars real, without integer[])
  returns table (id integer, score real) language sql stable
  set pg_trgm.similarity_threshold = 0.35 set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off
  as $$ with well_known as materialized (
          select f.id, f.search, f.rating_count from film f
          where f.well_known and (f.search ~ at_word(typed) or f.search like at_start_only(typed) or f.search like '% ' || at_start_only(typed))
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre))
          order by f.search = typed desc, f.search = any ((select with_article(typed))::text[]) desc, starts_with(f.search, typed) desc, f.rating_count desc, f.id limit 500
        ), broad as materialized (
          select count(*) >= 120 as enough, count(*) filter (where starts_with(search, typed)) < 48 as few from well_known
        ), named as materialized (
          select f.id, f.search, f.rating_count from film f
          where (select enough from broad) and (f.search = typed or f.search = any (with_article(typed)))
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre)) limit 100
        ), begun as materialized (
          select f.id, f.search, f.rating_count from film f
          where (select enough and few from broad) and f.search ~>=~ typed and f.search ~<~ (typed || chr(1114111))
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre))
          order by f.rating_count desc, f.id limit 100
        ), every as materialized (
          select f.id, f.search, f.rating_count from film f
          where not (select enough from broad) and (f.search ~ at_word(typed) or f.search like at_start_only(typed) or f.search like '% ' || at_start_only(typed))
            and film_fits(f, since, until, shortest, longest, stars, without)
            and (in_genre is null or exists (select from film_genre g where g.film = f.id and g.genre = in_genre))
          order by f.search = typed desc, f.search = any ((select with_article(typed))::text[]) desc, starts_with(f.search, typed) desc, f.rating_count desc, f.id limit 500
        ), exact as materialized (
          select * from every union (select * from well_known where (select enough from broad) union select * from named union select * from begun)
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
