-- The same rules as in recommend/blend-spec.ts. Versions from before these settings lack them.
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
      or (blend_weights_valid(spec->'newcomers'->'weights') and blend_number_valid(spec->'newcomers'->'upTo', 0, 1000)));
exception when others then return false;
end $$;
