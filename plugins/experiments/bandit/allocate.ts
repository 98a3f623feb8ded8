import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import { topic, type Experiment } from '../model.ts';
import { thompson } from '../statistics/bandit/thompson.ts';
import { addAll } from '../statistics/sums.ts';
import type { SumMoments } from '../statistics/moments.ts';
import { allocationsOf, cohortsOf, type Cohorts } from './cohorts.ts';

/** Least share of each arm: enough that its effect stays measurable. */
export const FLOOR = 0.05;
/** An epoch lasts until each arm has so many viewers of it. It depends on how many came, never on what they did. */
const FEWEST_UNITS = 30;
/** Shares that would move by less, in percentage points, stay. */
const LEAST_MOVE = 1;

/** All viewers of each arm, whenever they came; undefined for an arm without any. */
export const pooled = (cohorts: Cohorts, arm: string): SumMoments | undefined => addAll([...cohorts.values()].flatMap((arms) => arms.get(arm) ?? []));

/** The shares that what is known by now speaks for, in percent; undefined while too little is known. */
export function sharesFor({ arms }: Pick<Experiment, 'arms'>, cohorts: Cohorts, { better }: Pick<MetricDefinition, 'better'>) {
  const moments = arms.map(({ key }) => pooled(cohorts, key));
  if (!moments.every((one) => one !== undefined)) return undefined;
  const { shares, best } = thompson(moments, { floor: FLOOR, topTwo: true, inverse: better === 'down' });
  return shares && { shares: rounded(shares), best };
}

/** Percent with two digits that add up to 100. */
function rounded(shares: readonly number[]): number[] {
  const hundredths = shares.map((share) => Math.floor(share * 10_000));
  hundredths[shares.indexOf(Math.max(...shares))]! += 10_000 - hundredths.reduce((sum, one) => sum + one, 0);
  return hundredths.map((one) => one / 100);
}

/** Shares out new viewers by what was learned. @returns whether something changed */
export async function allocate(sql: Sql, bus: Bus, experiment: Experiment, metric: MetricDefinition, at: Date): Promise<boolean> {
  const before = (await allocationsOf(sql, experiment)).at(-1),
    cohorts = await cohortsOf(sql, experiment, metric),
    epoch = before?.epoch ?? 0;
  if (experiment.arms.some(({ key }) => (cohorts.get(epoch)?.get(key)?.n ?? 0) < FEWEST_UNITS)) return false;
  const next = sharesFor(experiment, cohorts, metric);
  if (!next || experiment.arms.every(({ share, allocation }, i) => Math.abs(next.shares[i]! - (allocation ?? share)) < LEAST_MOVE)) return false;
  const byArm = (values: readonly number[]): string => JSON.stringify(Object.fromEntries(experiment.arms.map(({ key }, i) => [key, values[i]])));
  return sql.transaction(async (tx) => {
    const same = await tx.one(`select from experiment where id = $1 and phase = $2 and status = 'running' for update`, [
      experiment.id,
      experiment.phase,
    ]);
    if (!same) return false;
    await tx.rows('insert into experiment_allocation (experiment, phase, epoch, at, shares, best) values ($1, $2, $3, $4, $5, $6)', [
      experiment.id,
      experiment.phase,
      epoch + 1,
      at,
      byArm(next.shares),
      byArm(next.best),
    ]);
    await tx.rows(
      `update experiment_arm a set allocation = s.value::double precision from jsonb_each_text($3) s where a.experiment = $1 and a.phase = $2 and a.key = s.key`,
      [experiment.id, experiment.phase, byArm(next.shares)],
    );
    // What processes remember of units is read anew: who was shown something by now stays in that arm.
    await bus.notify(tx, 'experiments.unit');
    await bus.notify(tx, topic, String(experiment.id));
    return true;
  });
}
