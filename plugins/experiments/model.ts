import type { Sql } from '../../core/database/sql.ts';
import type { Overrides } from '../../recommend/overrides.ts';

/** A holdout is made with a layer; its control arm is held out of every other experiment there. */
export type Kind = 'ab' | 'interleaving' | 'bandit' | 'holdout';
export type Status = 'draft' | 'scheduled' | 'running' | 'paused' | 'stopped' | 'archived';
export type Engine = 'fixed' | 'sequential' | 'group-sequential' | 'bayes';
export type Correction = 'none' | 'holm' | 'benjamini-hochberg';
export type Decision = 'ship' | 'keep' | 'inconclusive';

export interface EngineSettings {
  /** planned looks of a group-sequential test, the last one included */
  readonly looks: number;
  /** of the relative effect, for "bayes"; null = flat */
  readonly prior: { readonly mean: number; readonly sd: number } | null;
  /** units for which a sequential interval is narrowest (N*) */
  readonly tuning: number;
}
/** A metric that must not be significantly worse than the control by more than so much, relative (.02 = 2 %). */
export interface Guardrail {
  readonly metric: string;
  readonly margin: number;
}
/** The coverage of a step and how long it lasts at least. The last step lasts until the end. */
export interface RampStep {
  readonly coverage: number;
  readonly hours: number;
}
/** GrowthBook's condition language over `Attributes`; {} = everybody. */
export type Targeting = Readonly<Record<string, unknown>>;

export interface Arm {
  /** "control", "b", "c" … */
  readonly key: string;
  readonly name: string;
  /** percent of the units that take part */
  readonly share: number;
  /** what a bandit gives it now, in percent; null = the share */
  readonly allocation: number | null;
  /** null: the site's default blend, whichever that is */
  readonly blend: number | null;
  /** the version served, fixed by the launch */
  readonly blendVersion: number | null;
  /** laid over the blend */
  readonly overrides: Overrides;
}
export interface Experiment {
  readonly id: number;
  readonly name: string;
  readonly hypothesis: string;
  readonly kind: Kind;
  readonly status: Status;
  /** 1, 2 …: each begins with a new seed, and results count from its start */
  readonly phase: number;
  /** null before the launch */
  readonly phaseStartedAt: Date | null;
  readonly seed: string;
  /** mutual exclusion: the experiment has [start, end) of the layer; null = it runs beside all others */
  readonly layer: number | null;
  /** salts the places of units in the layer */
  readonly layerKey: string | null;
  readonly start: number;
  readonly end: number;
  /** 0 … 1, share of the units that take part now */
  readonly coverage: number;
  readonly targeting: Targeting;
  readonly includeStaff: boolean;
  readonly includeSimulated: boolean;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** empty: the coverage stays as it is */
  readonly ramp: readonly RampStep[];
  readonly rampStep: number;
  readonly rampSince: Date | null;
  readonly engine: Engine;
  readonly alpha: number;
  readonly settings: EngineSettings;
  readonly correction: Correction;
  readonly cuped: boolean;
  /** id of the metric that decides, of those that plugins bring */
  readonly metric: string;
  readonly secondary: readonly string[];
  readonly guardrails: readonly Guardrail[];
  readonly minDays: number;
  /** units of all arms together; null = not planned */
  readonly plannedUnits: number | null;
  /** smallest relative effect that it is planned to find */
  readonly mde: number | null;
  readonly startedAt: Date | null;
  readonly stoppedAt: Date | null;
  /** null for what ended by its schedule and waits for the decision */
  readonly decision: Decision | null;
  /** the arm that was shipped */
  readonly decidedArm: string | null;
  readonly reason: string;
  /** counts changes */
  readonly version: number;
  readonly createdAt: Date;
  /** of this phase, in the order of their ranges */
  readonly arms: readonly Arm[];
}
export const control = 'control';
/** In place of an arm, in the assignments of an interleaving: its lists hold films of all arms. */
export const interleaved = 'interleaved';
/** of the bus: told of each change of an experiment or a layer */
export const topic = 'experiments';
export const defaultSettings: EngineSettings = { looks: 4, prior: null, tuning: 5000 };

const select = `select e.id, e.name, e.hypothesis, e.kind, e.status, e.phase, p.started_at as "phaseStartedAt", e.seed,
    e.layer, l.key as "layerKey", e.range_start as start, e.range_end as "end", e.coverage, e.targeting,
    e.include_staff as "includeStaff", e.include_simulated as "includeSimulated", e.starts_at as "startsAt", e.ends_at as "endsAt",
    e.ramp, e.ramp_step as "rampStep", e.ramp_since as "rampSince", e.engine, e.alpha, '${JSON.stringify(defaultSettings)}'::jsonb || e.engine_settings as settings,
    e.correction, e.cuped, e.primary_metric as metric, to_json(e.secondary_metrics) as secondary, e.guardrails,
    e.min_days as "minDays", e.planned_units as "plannedUnits", e.mde, e.started_at as "startedAt", e.stopped_at as "stoppedAt",
    e.decision, e.decided_arm as "decidedArm", e.reason, e.version, e.created_at as "createdAt",
    coalesce((select jsonb_agg(jsonb_build_object('key', a.key, 'name', a.name, 'share', a.share, 'allocation', a.allocation, 'blend', a.blend,
       'blendVersion', a.blend_version, 'overrides', a.overrides) order by a.position)
       from experiment_arm a where a.experiment = e.id and a.phase = e.phase), '[]') as arms
  from experiment e left join experiment_layer l on l.id = e.layer left join experiment_phase p on p.experiment = e.id and p.phase = e.phase`;

/** Newest first, without holdouts. */
export const allExperiments = (sql: Sql): Promise<Experiment[]> => sql.rows<Experiment>(`${select} where e.kind <> 'holdout' order by e.id desc`);
/** Holdouts among them. */
export const experimentsIn = (sql: Sql, statuses: readonly Status[]): Promise<Experiment[]> =>
  sql.rows<Experiment>(`${select} where e.status = any($1) order by e.id`, [statuses]);
export const experimentWith = (sql: Sql, id: number): Promise<Experiment | undefined> => sql.one<Experiment>(`${select} where e.id = $1`, [id]);
