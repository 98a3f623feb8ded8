import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { BlendSpec } from '../../recommend/blend-spec.ts';
import { Blends } from '../../recommend/blends.ts';
import type { Experiment } from './model.ts';

/**
 * Makes the arm's blend the default, in the caller's transaction. Where somebody saved a newer version of it since the
 * launch, the tested one is saved again on top: what is shipped is what was tested.
 */
export async function shipArm(tx: Sql, bus: Bus, experiment: Experiment, key: string, operator: number | null): Promise<void> {
  const { blend, blendVersion } = experiment.arms.find((arm) => arm.key === key)!;
  // The service's own connection would not see this transaction, so this is one for the transaction alone.
  const blends = new Blends(tx, bus);
  const newest = (await tx.one<{ id: number }>('select max(id) as id from blend_version where blend = $1', [blend]))!;
  if (newest.id !== blendVersion) {
    const tested = (await tx.one<{ spec: BlendSpec }>('select spec from blend_version where id = $1', [blendVersion]))!;
    await blends.save(blend, newest.id, tested.spec, `As tested in experiment “${experiment.name}”`, operator);
  }
  await blends.makeDefault(blend, operator);
}
