create table rating (
  -- for the console, which needs one column that names a row and shows the newest first
  id integer generated always as identity unique,
  unit integer not null references unit on delete cascade,
  film integer not null references film,
  -- half steps; NaN is above every number for PostgreSQL, so the range refuses it
  stars real not null check (stars between 0.5 and 5 and stars * 2 = floor(stars * 2)),
  rated_at timestamptz not null,
  primary key (unit, film)
);
create index rating_latest on rating (unit, rated_at desc);

create table watch (
  unit integer not null references unit on delete cascade,
  film integer not null references film,
  watched_at timestamptz not null,
  primary key (unit, film)
);

create table dismissal (
  unit integer not null references unit on delete cascade,
  film integer not null references film,
  at timestamptz not null,
  primary key (unit, film)
);

-- One row a film and statement, however many ratings the statement writes: half steps add up without rounding
-- in a real until 2^23 stars. Films are locked in the order of their ids, so that two imports never wait for each other.
create function add_to_film_totals(films integer[], counts integer[], sums real[]) returns void language plpgsql as $$
begin
  perform from film where id = any (films) order by id for no key update;
  update film set rating_count = rating_count + change.n, rating_sum = rating_sum + change.stars
    from unnest(films, counts, sums) as change (film, n, stars) where film.id = change.film;
end $$;

create function rating_inserted() returns trigger language plpgsql as $$
begin
  perform add_to_film_totals(array_agg(film), array_agg(n), array_agg(stars))
    from (select film, count(*)::integer as n, sum(stars) as stars from added group by film) as change having count(*) > 0;
  return null;
end $$;
create trigger rating_inserted after insert on rating
  referencing new table as added for each statement execute function rating_inserted();

create function rating_deleted() returns trigger language plpgsql as $$
begin
  perform add_to_film_totals(array_agg(film), array_agg(n), array_agg(stars))
    from (select film, -count(*)::integer as n, -sum(stars) as stars from removed group by film) as change having count(*) > 0;
  return null;
end $$;
create trigger rating_deleted after delete on rating
  referencing old table as removed for each statement execute function rating_deleted();

create function rating_updated() returns trigger language plpgsql as $$
begin
  perform add_to_film_totals(array_agg(film), array_agg(n), array_agg(stars))
    from (select film, sum(n)::integer as n, sum(stars) as stars
            from (select film, 1 as n, stars from added union all select film, -1, -stars from removed) as change
           group by film having sum(n) <> 0 or sum(stars) <> 0) as change having count(*) > 0;
  return null;
end $$;
create trigger rating_updated after update on rating
  referencing old table as removed new table as added for each statement execute function rating_updated();

create function rating_emptied() returns trigger language plpgsql as $$
begin
  update film set rating_count = 0, rating_sum = 0 where rating_count > 0;
  return null;
end $$;
create trigger rating_emptied after truncate on rating for each statement execute function rating_emptied();

-- Ids of interactions that programs sent: what comes again is not counted again.
create table api_interaction (
  id uuid primary key,
  received_at timestamptz not null default now()
);

-- What operators see.
create view rating_entry as
  select r.id, coalesce(a.handle, 'visitor ' || r.unit) as viewer, r.film, r.stars, r.rated_at
    from rating r left join unit u on u.id = r.unit left join account a on a.id = u.account;
