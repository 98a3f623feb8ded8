create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- unaccent itself is only "stable", because its dictionary could change; an index needs a promise that it does not
create function plain_text(text) returns text language sql immutable parallel safe strict
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;

-- What is wanted: which plugin is on, with which settings.
create table plugin_state (
  id text primary key,
  enabled boolean not null,
  settings jsonb not null default '{}',
  version integer not null default 1,
  changed_at timestamptz not null default now()
);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  operator integer,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb
);
create index audit_log_at on audit_log (at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();

-- The same rules as in recommend/blend-spec.ts, so that no way around the service can store a blend that breaks pages.
create function blend_spec_valid(spec jsonb) returns boolean language plpgsql immutable as $$
declare total double precision := 0; weight record;
begin
  if jsonb_typeof(spec->'weights') is distinct from 'object'
     or spec->>'normalisation' is null or spec->>'normalisation' not in ('standard', 'rank')
     or jsonb_typeof(spec->'diversity') is distinct from 'number'
     or (spec->>'diversity')::double precision not between 0 and 1 then return false; end if;
  for weight in select * from jsonb_each(spec->'weights') loop
    if jsonb_typeof(weight.value) <> 'number' then return false; end if;
    if weight.value::text::double precision not between 0 and 1000 then return false; end if;
    total := total + weight.value::text::double precision;
  end loop;
  return total > 0;
exception when others then return false;
end $$;

create table blend (
  id integer generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 80),
  is_default boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index blend_one_default on blend (is_default) where is_default;

create table blend_version (
  id integer generated always as identity primary key,
  blend integer not null references blend,
  version integer not null check (version > 0),
  spec jsonb not null check (blend_spec_valid(spec)),
  note text not null default '',
  created_by integer,
  created_at timestamptz not null default now(),
  unique (blend, version)
);
create trigger blend_version_append_only before update or delete on blend_version
  for each row execute function refuse_change();

create table model (
  id integer generated always as identity primary key,
  algorithm text not null,
  version integer not null,
  -- published models can be served; a half-written one never becomes visible, because its chunks commit with it
  settings jsonb not null,
  metrics jsonb not null,
  films integer not null,
  ratings integer not null,
  data_fingerprint text not null,
  seconds real not null,
  bytes integer not null,
  checksum text not null,
  created_at timestamptz not null default now(),
  unique (algorithm, version)
);
create table model_chunk (
  model integer not null references model on delete cascade,
  n integer not null,
  bytes bytea not null,
  primary key (model, n)
);
-- The version in service, by algorithm: rolling back is one update.
create table model_active (
  algorithm text primary key,
  model integer not null references model,
  since timestamptz not null default now()
);

create table session (
  sid varchar primary key,
  sess json not null,
  expire timestamp(6) not null
);
create index session_expire on session (expire);
create index session_account on session ((sess->>'account'));
