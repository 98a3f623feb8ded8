-- The same rules as in recommend/blend-spec.ts. Versions from before these settings lack them.
create function blend_weights_valid(weights jsonb) returns boolean language plpgsql immutable as $$
declare total double precision := 0; weight record;
begin
  if jsonb_typeof(weights) is distinct from 'object' then return false; end if;
  for weight in select * from jsonb_each(weights) loop
    if jsonb_typeof(weight.value) <> 'number' then return false; end if;
    if weight.value::text::double precision not between 0 and 1000 then return false; end if;
    total := total + weight.value::text::double precision;
  end loop;
  return total > 0;
end $$;

create function blend_number_valid(value jsonb, low double precision, high double precision) returns boolean language sql immutable as $$
  select coalesce(jsonb_typeof(value) = 'number' and value::text::double precision between low and high, false)
$$;

create or replace function blend_spec_valid(spec jsonb) returns boolean language plpgsql immutable as $$
begin
  return blend_weights_valid(spec->'weights')
    and coalesce(spec->>'normalisation' in ('standard', 'rank'), false)
    and blend_number_valid(spec->'diversity', 0, 1)
    and (not spec ? 'calibration' or blend_number_valid(spec->'calibration', 0, 1))
    and (not spec ? 'again' or blend_number_valid(spec->'again', 0, 3650))
    and (coalesce(jsonb_typeof(spec->'newcomers'), 'null') = 'null'
      or (blend_weights_valid(spec->'newcomers'->'weights') and blend_number_valid(spec->'newcomers'->'upTo', 0, 1000)));
exception when others then return false;
end $$;
