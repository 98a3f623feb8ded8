import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { BlendSpec } from '../../recommend/blend-spec.ts';
import { silent } from '../../core/log.ts';
import { Blends } from '../../recommend/blends.ts';
import { ModelRegistry } from '../../recommend/models/registry.ts';
import { overridden } from '../../recommend/overrides.ts';
import type { Experiment } from './model.ts';

/**
 * Makes what the arm served everybody's, in the caller's transaction. Where somebody saved a newer version of its blend
 * since the launch, or the arm overrides some of it, what was tested is saved again on top: what is shipped is what was tested.
 */
export async function shipArm(tx: Sql, bus: Bus, experiment: Experiment, key: string, operator: number | null): Promise<void> {
  const { blend: own, blendVersion, overrides } = experiment.arms.find((arm) => arm.key === key)!;
  // The service's own connection would not see this transaction, so this is one for the transaction alone.
  const blends = new Blends(tx, bus);
  const blend = own ?? (await tx.one<{ id: number }>('select id from blend where is_default'))?.id;
  if (blend === undefined) return;
  const newest = (await tx.one<Version>('select id, spec from blend_version where blend = $1 order by id desc limit 1', [blend]))!;
  const tested = blendVersion === null ? newest : (await tx.one<Version>('select id, spec from blend_version where id = $1', [blendVersion]))!;
  const spec = overridden(tested.spec, overrides);
  if (newest.id !== tested.id || spec !== tested.spec)
    await blends.save(blend, newest.id, spec, `As tested in experiment “${experiment.name}”`, operator);
  if (own !== null) await blends.makeDefault(blend, operator);
  const models = new ModelRegistry(tx, bus, silent);
  for (const model of Object.values(overrides.models ?? {})) await models.activate(model, operator);
}

interface Version {
  readonly id: number;
  readonly spec: BlendSpec;
}
