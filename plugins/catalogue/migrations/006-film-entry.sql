-- A film with its genres, people and keywords in one row, as operators read and write it. Lists keep their order; of the cast it says
-- "Tatsuya Nakadai as Hidetora".
create view film_entry as
  select f.id, f.title, f.year, f.runtime, f.country, f.plot, f.hidden, f.rating_count, f.movielens_id, f.updated_at,
    array(select g.name from film_genre l join genre g on g.id = l.genre where l.film = f.id order by l.ord) as genres,
    array(select p.name from credit c join person p on p.id = c.person where c.film = f.id and c.job = 'director' order by c.ord) as directors,
    array(select p.name || coalesce(' as ' || c.role, '') from credit c join person p on p.id = c.person
          where c.film = f.id and c.job = 'cast' order by c.ord) as "cast",
    array(select k.name from film_keyword l join keyword k on k.id = l.keyword where l.film = f.id order by l.ord) as keywords
  from film f;

create function write_film_entry() returns trigger language plpgsql as $$
declare missing text;
begin
  if tg_op = 'INSERT' then
    -- Ids must come in the order of commits, because a film's place among them is its place in every model: an import holds this lock.
    if not pg_try_advisory_xact_lock(hashtext('import')) then
      raise exception 'films are being imported: add this one when that is done' using errcode = 'lock_not_available';
    end if;
    if exists (select from film where title = new.title and year is not distinct from new.year) then
      raise exception 'there is a film "%" of that year already', new.title using errcode = 'unique_violation';
    end if;
    insert into film (title, year, runtime, country, plot, hidden)
      values (new.title, new.year, new.runtime, coalesce(new.country, ''), coalesce(new.plot, ''), coalesce(new.hidden, false))
      returning id, updated_at into new.id, new.updated_at;
  else
    update film set title = new.title, year = new.year, runtime = new.runtime, country = new.country, plot = new.plot, hidden = new.hidden
      where id = old.id returning updated_at into new.updated_at;
  end if;
  if new.genres is distinct from old.genres then
    -- Unlike people and keywords they are few, and have pages in the navigation: a slip of the pen makes none.
    select string_agg('"' || wanted || '"', ', ') into missing
      from unnest(new.genres) as wanted where not exists (select from genre where slug = slug_of(wanted));
    if missing is not null then
      raise exception 'there is no genre %: make it under Genres first', missing using errcode = 'foreign_key_violation';
    end if;
    delete from film_genre where film = new.id;
    insert into film_genre (film, genre, ord) select new.id, g.id, min(x.ord)
      from unnest(new.genres) with ordinality as x(name, ord) join genre g on g.slug = slug_of(x.name) group by g.id;
  end if;
  if new.directors is distinct from old.directors then
    insert into person (name) select distinct name from unnest(new.directors) as name on conflict do nothing;
    delete from credit where film = new.id and job = 'director';
    insert into credit (film, person, job, ord) select new.id, p.id, 'director', min(x.ord)
      from unnest(new.directors) with ordinality as x(name, ord) join person p on p.name = x.name group by p.id;
  end if;
  if new."cast" is distinct from old."cast" then
    insert into person (name) select distinct split_part(entry, ' as ', 1) from unnest(new."cast") as entry on conflict do nothing;
    delete from credit where film = new.id and job = 'cast';
    insert into credit (film, person, job, ord, role)
      select new.id, p.id, 'cast', x.ord, nullif(substr(x.entry, length(p.name) + length(' as ') + 1), '')
      from unnest(new."cast") with ordinality as x(entry, ord) join person p on p.name = split_part(x.entry, ' as ', 1);
  end if;
  if new.keywords is distinct from old.keywords then
    insert into keyword (name) select distinct name from unnest(new.keywords) as name on conflict do nothing;
    delete from film_keyword where film = new.id;
    insert into film_keyword (film, keyword, ord) select new.id, k.id, min(x.ord)
      from unnest(new.keywords) with ordinality as x(name, ord) join keyword k on k.name = x.name group by k.id;
  end if;
  return new;
end $$;
create trigger film_entry_write instead of insert or update on film_entry for each row execute function write_film_entry();
