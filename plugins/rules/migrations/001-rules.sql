-- What operators want to stand higher, lower, at a certain place, or nowhere.
create table recommendation_rule (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 80),
  effect text not null check (effect in ('boost', 'bury', 'pin', 'exclude')),
  -- boost and bury: standard deviations of a score; pin: place from 1
  amount real not null check (case effect when 'pin' then amount between 1 and 18 and amount = floor(amount) else amount between 0 and 5 end),
  target text not null check (target in ('film', 'genre', 'person', 'keyword', 'query')),
  value text not null check (length(value) between 1 and 200),
  audience text not null default 'everybody' check (audience in ('everybody', 'newcomers', 'regulars')),
  starts_at timestamptz,
  ends_at timestamptz,
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  check (ends_at is null or starts_at is null or ends_at > starts_at),
  check (effect <> 'pin' or target = 'film')
);

-- The films that a rule is about. A query is words that all stand in what is known of a film.
create function films_of_rule(target text, value text) returns setof integer language sql stable as $$
  select id from film where target = 'film' and id::text = value
  union
  select fg.film from film_genre fg join genre g on g.id = fg.genre where target = 'genre' and lower(g.name) = lower(value)
  union
  select c.film from credit c join person p on p.id = c.person where target = 'person' and lower(p.name) = lower(value)
  union
  select fk.film from film_keyword fk join keyword k on k.id = fk.keyword where target = 'keyword' and lower(k.name) = lower(value)
  union
  select f.id from film f where target = 'query' and not exists (
    select from regexp_split_to_table(plain_text(value), '\s+') as word
    where word <> '' and position(word in plain_text(concat_ws(' ', f.title, f.plot, f.year::text,
      (select string_agg(k.name, ' ') from film_keyword fk join keyword k on k.id = fk.keyword where fk.film = f.id),
      (select string_agg(g.name, ' ') from film_genre fg join genre g on g.id = fg.genre where fg.film = f.id),
      (select string_agg(p.name, ' ') from credit c join person p on p.id = c.person where c.film = f.id)))) = 0)
$$;
