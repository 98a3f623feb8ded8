import type { Sql } from '../../core/database/sql.ts';
import { invalid } from '../../core/errors.ts';
import type { Draft } from './input.ts';
import type { Arm, Experiment } from './model.ts';

const columns = {
  name: 'name',
  hypothesis: 'hypothesis',
  kind: 'kind',
  layer: 'layer',
  start: 'range_start',
  end: 'range_end',
  coverage: 'coverage',
  targeting: 'targeting',
  includeStaff: 'include_staff',
  includeSimulated: 'include_simulated',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  ramp: 'ramp',
  engine: 'engine',
  alpha: 'alpha',
  settings: 'engine_settings',
  correction: 'correction',
  cuped: 'cuped',
  metric: 'primary_metric',
  secondary: 'secondary_metrics',
  guardrails: 'guardrails',
  minDays: 'min_days',
  plannedUnits: 'planned_units',
  mde: 'mde',
} as const satisfies Partial<Record<keyof Draft, string>>;
type Field = keyof typeof columns;
const json = new Set<Field>(['targeting', 'ramp', 'settings', 'guardrails']);

/** Another phase that begins with the fields. */
export interface NextPhase extends Pick<Experiment, 'phase' | 'seed'> {
  readonly at: Date;
}

/** Writes fields of an experiment that exists; 422 for an unknown layer. With a ramp, it begins with the coverage of its first step. */
export async function storeFields(tx: Sql, id: number, draft: Pick<Draft, Field>, next?: NextPhase): Promise<void> {
  if (draft.layer !== null && !(await tx.one('select id from experiment_layer where id = $1', [draft.layer])))
    throw invalid({ layer: 'There is no such layer. Choose another one.' });
  const stored = { ...draft, coverage: draft.ramp[0]?.coverage ?? draft.coverage };
  const values: [column: string, value: unknown][] = (Object.keys(columns) as Field[]).map((field) => [
    columns[field],
    json.has(field) ? JSON.stringify(stored[field]) : stored[field],
  ]);
  values.push(['ramp_step', 0], ['ramp_since', next?.at ?? null]);
  if (next) values.push(['phase', next.phase], ['seed', next.seed]);
  await tx.rows(`update experiment set ${values.map(([column], i) => `${column} = $${i + 2}`).join(', ')} where id = $1`, [
    id,
    ...values.map(([, value]) => value),
  ]);
}

type NewArm = Pick<Arm, 'key' | 'name' | 'share' | 'blend' | 'overrides'>;

/** Stores the arms of a phase. An arm without a name takes its blend's. 422 where a blend, an algorithm or a model is unknown, or two names are equal. */
export async function storeArms(tx: Sql, experiment: number, phase: number, arms: readonly NewArm[]): Promise<void> {
  const blends = await blendNames(tx, arms);
  await refuseUnknown(tx, arms, blends);
  const names = namesOf(arms, blends);
  for (const [position, { key, share, blend, overrides }] of arms.entries()) {
    await tx.rows(
      'insert into experiment_arm (experiment, phase, key, name, position, share, blend, overrides) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [experiment, phase, key, names[position], position, share, blend, JSON.stringify(overrides)],
    );
  }
  await unpinModels(tx, experiment);
  await tx.rows('insert into model_pin (holder, model) select distinct $1, unnest($2::integer[])', [
    holder(experiment),
    arms.flatMap(({ overrides }) => Object.values(overrides.models ?? {})),
  ]);
}

const holder = (experiment: number): string => `experiment ${experiment}`;
/** Versions of models that its arms needed may be pruned. */
export const unpinModels = (tx: Sql, experiment: number): Promise<unknown> =>
  tx.rows('delete from model_pin where holder = $1', [holder(experiment)]);

/** What the arms are called: everywhere they are told apart by it. Of two that change the same blend, the later one says which it is. */
function namesOf(arms: readonly NewArm[], blends: ReadonlyMap<number, string>): string[] {
  const names: string[] = [],
    wrong: Record<string, string> = {};
  for (const [i, { key, name, blend }] of arms.entries()) {
    const usual = nameOf(key, blend === null ? undefined : blends.get(blend)),
      taken = (wanted: string): boolean => names.some((other) => other.toLowerCase() === wanted.toLowerCase());
    if (name && taken(name)) wrong[`arms.${i}.name`] = `Another arm is called “${name}”, too. Give each a name of its own.`;
    names.push(name || (taken(usual) ? `${usual.slice(0, 70)} (${key.toUpperCase().slice(0, 6)})` : usual));
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return names;
}
const nameOf = (key: string, blend: string | undefined): string => blend ?? (key === 'control' ? 'As now' : `Arm ${key.toUpperCase()}`);

async function blendNames(tx: Sql, arms: readonly NewArm[]): Promise<Map<number, string>> {
  const wanted = arms.flatMap(({ blend }) => blend ?? []);
  const rows = await tx.rows<{ id: number; name: string }>('select id, name from blend where id = any($1)', [wanted]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function refuseUnknown(tx: Sql, arms: readonly NewArm[], blends: ReadonlyMap<number, string>): Promise<void> {
  const pinned = arms.flatMap(({ overrides }) => Object.values(overrides.models ?? {}));
  const models = new Map(
    (await tx.rows<{ id: number; algorithm: string }>('select id, algorithm from model where id = any($1) and parent is null', [pinned])).map(
      ({ id, algorithm }) => [id, algorithm],
    ),
  );
  const algorithms = await algorithmsKnown(tx);
  const wrong: Record<string, string> = {};
  for (const [i, { blend, overrides }] of arms.entries()) {
    if (blend !== null && !blends.has(blend)) wrong[`arms.${i}.blend`] = 'There is no such blend. Choose another one.';
    for (const [field, weights] of Object.entries({ weights: overrides.weights, 'newcomers.weights': overrides.newcomers?.weights }))
      for (const id of Object.keys(weights ?? {}))
        if (!algorithms.has(id)) wrong[`arms.${i}.overrides.${field}.${id}`] = `There is no algorithm “${id}” here. Choose another one.`;
    for (const [algorithm, model] of Object.entries(overrides.models ?? {}))
      if (models.get(model) !== algorithm)
        wrong[`arms.${i}.overrides.models.${algorithm}`] = `There is no such version of ${algorithm}. Choose another one.`;
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
}

/** Algorithms that ever had a model or a weight here, whether their plugins are on or off. */
async function algorithmsKnown(tx: Sql): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(
    `select algorithm as id from model union select jsonb_object_keys(spec -> 'weights') from blend_version`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Each arm with a blend serves its newest version from now on. */
export const pinBlends = (tx: Sql, experiment: number, phase: number): Promise<unknown> =>
  tx.rows(
    `update experiment_arm a set blend_version = (select max(v.id) from blend_version v where v.blend = a.blend)
    where experiment = $1 and phase = $2 and blend is not null`,
    [experiment, phase],
  );

/** Writes down that the experiment's present phase begins. */
export const beginPhase = (tx: Sql, { id, phase, seed }: Pick<Experiment, 'id' | 'phase' | 'seed'>, at: Date, reason = ''): Promise<unknown> =>
  tx.rows(
    `insert into experiment_phase (experiment, phase, seed, started_at, reason, design)
    select $1, $2, $3, $4, $5, jsonb_build_object('layer', layer, 'start', range_start, 'end', range_end, 'coverage', coverage, 'ramp', ramp,
      'targeting', targeting, 'includeStaff', include_staff, 'includeSimulated', include_simulated) from experiment where id = $1`,
    [id, phase, seed, at, reason],
  );
export const endPhase = (tx: Sql, { id, phase }: Pick<Experiment, 'id' | 'phase'>, at: Date): Promise<unknown> =>
  tx.rows('update experiment_phase set ended_at = greatest($3, started_at) where experiment = $1 and phase = $2', [id, phase, at]);
