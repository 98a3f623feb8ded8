-- Whether the arms of a phase make an experiment that can run.
create function experiment_arms_complete(experiment_id integer, experiment_phase integer, experiment_kind text) returns boolean language sql stable as $$
  select count(*) >= 2 and count(*) filter (where a.key = 'control') = 1 and sum(a.share) = 100
    and count(*) filter (where a.blend is not null) = count(v.id)
    and (experiment_kind = 'holdout' or count(*) = count(distinct (a.blend, a.overrides)))
  from experiment_arm a left join blend_version v on v.id = a.blend_version and v.blend = a.blend
  where a.experiment = experiment_id and a.phase = experiment_phase
$$;

create or replace function experiment_guard() returns trigger language plpgsql as $$
declare
  -- what may change in each state without a new phase
  free text[] := array['status', 'version'];
  fixed text[] := array['id', 'name', 'hypothesis', 'kind', 'primary_metric', 'started_at', 'created_by', 'created_at'];
  launched boolean;
begin
  if tg_op = 'DELETE' then
    if old.status <> 'draft' then raise exception 'an experiment that was launched is kept' using errcode = 'check_violation'; end if;
    return old;
  end if;
  if tg_op = 'INSERT' then
    if new.status <> 'draft' or new.phase <> 1 then raise exception 'an experiment begins as a draft' using errcode = 'check_violation'; end if;
    return new;
  end if;
  if new.status <> old.status and (old.status, new.status) not in
     (('draft', 'scheduled'), ('draft', 'running'), ('scheduled', 'draft'), ('scheduled', 'running'),
      ('running', 'paused'), ('paused', 'running'), ('running', 'stopped'), ('paused', 'stopped'), ('stopped', 'archived')) then
    raise exception 'an experiment cannot go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;

  if old.status = 'draft' then
    if (new.id, new.seed, new.phase) is distinct from (old.id, old.seed, old.phase) then
      raise exception 'a draft keeps its id, seed and phase' using errcode = 'check_violation';
    end if;
  elsif new.phase <> old.phase then
    if new.phase <> old.phase + 1 or new.seed = old.seed or old.status not in ('running', 'paused') or new.status not in ('running', 'paused') then
      raise exception 'a new phase of what runs has the next number and a seed of its own' using errcode = 'check_violation';
    end if;
    if exists (select from unnest(fixed) f where to_jsonb(new)->f is distinct from to_jsonb(old)->f) then
      raise exception 'a new phase tests the same thing' using errcode = 'check_violation';
    end if;
  else
    free := free || case old.status
      when 'scheduled' then array['started_at', 'ramp_since', 'coverage']
      when 'running' then array['coverage', 'ends_at', 'ramp', 'ramp_step', 'ramp_since', 'stopped_at', 'decision', 'decided_arm', 'reason']
      when 'paused' then array['coverage', 'ends_at', 'ramp', 'ramp_step', 'ramp_since', 'stopped_at', 'decision', 'decided_arm', 'reason']
      -- The decision on what ended by its schedule comes later, and once.
      when 'stopped' then case when old.decision is null then array['decision', 'decided_arm', 'reason'] else array[]::text[] end
      else array[]::text[] end;
    if to_jsonb(new) - free <> to_jsonb(old) - free then
      raise exception 'what is tested cannot change after the launch' using errcode = 'check_violation';
    end if;
    if old.status in ('running', 'paused') and new.coverage < old.coverage then
      raise exception 'units that take part cannot be left out again within a phase' using errcode = 'check_violation';
    end if;
    if old.status = 'archived' then raise exception 'an archived experiment stays as it is' using errcode = 'check_violation'; end if;
  end if;

  launched := (old.status = 'draft' and new.status in ('scheduled', 'running')) or new.phase <> old.phase;
  if launched and not experiment_arms_complete(new.id, new.phase, new.kind) then
    raise exception 'an experiment needs a control, another arm that differs, shares of 100 percent together and a version of the blend for each arm with one'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function experiment_arm_guard() returns trigger language plpgsql as $$
declare owner experiment%rowtype; arm experiment_arm%rowtype;
begin
  if tg_op = 'DELETE' then arm := old; else arm := new; end if;
  if tg_op = 'UPDATE' and (new.experiment, new.phase) is distinct from (old.experiment, old.phase) then
    raise exception 'an arm stays in its experiment and phase' using errcode = 'check_violation';
  end if;
  select * into owner from experiment where id = arm.experiment for share;
  -- A draft's arms, and those of a phase that is about to begin. A deleted draft is gone already when its arms follow.
  if not found or (owner.status = 'draft' and arm.phase = owner.phase)
     or (owner.status in ('running', 'paused') and arm.phase = owner.phase + 1) then return arm; end if;
  if tg_op = 'UPDATE' and owner.kind = 'bandit' and to_jsonb(new) - 'allocation' = to_jsonb(old) - 'allocation' then return new; end if;
  raise exception 'arms cannot change after the launch' using errcode = 'check_violation';
end $$;

create trigger experiment_event_append_only before update on experiment_event for each row execute function refuse_change();
