-- Versions of models that something needs for as long as it lasts, as an experiment does whose arm serves one: they are not pruned.
create table model_pin (
  model integer not null references model,
  -- who needs it: "experiment 7"
  holder text not null check (length(holder) between 1 and 100),
  primary key (holder, model)
);

-- The same rules as in recommend/blend-spec.ts. Versions from before these settings lack them.
create function blend_rows_valid(rows jsonb) returns boolean language sql immutable as $$
  select coalesce(jsonb_typeof(rows), 'null') = 'null' or (
    jsonb_typeof(rows) = 'array' and jsonb_array_length(rows) between 1 and 30
    and (select bool_and(jsonb_typeof(surface) = 'string') and count(*) = count(distinct surface) from jsonb_array_elements(rows) as each (surface)))
$$;
create or replace function blend_spec_valid(spec jsonb) returns boolean language plpgsql immutable as $$
begin
  return blend_weights_valid(spec->'weights')
    and coalesce(spec->>'normalisation' in ('standard', 'rank'), false)
    and blend_number_valid(spec->'diversity', 0, 1)
    and (not spec ? 'calibration' or blend_number_valid(spec->'calibration', 0, 1))
    and (not spec ? 'again' or blend_number_valid(spec->'again', 0, 3650))
    and (not spec ? 'exploration'
      or (blend_number_valid(spec->'exploration'->'temperature', 0, 2) and blend_number_valid(spec->'exploration'->'from', 0, 50)))
    and (coalesce(jsonb_typeof(spec->'newcomers'), 'null') = 'null'
      or (blend_weights_valid(spec->'newcomers'->'weights') and blend_number_valid(spec->'newcomers'->'upTo', 0, 1000)))
    and blend_rows_valid(spec->'rows');
exception when others then return false;
end $$;
