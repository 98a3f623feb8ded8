import type { Sql } from '../../core/database/sql.ts';

export type Status = 'draft' | 'running' | 'paused' | 'stopped';
/** what the verdict rests on: clicks per film shown, or viewers with a success within 72 hours */
export type Metric = 'ctr' | 'conversion';
export type Decision = 'ship' | 'keep' | 'inconclusive';

export interface Arm {
  /** "control", "b", "c" … */
  readonly key: string;
  readonly name: string;
  /** percent of all viewers */
  readonly share: number;
  readonly blend: number;
  /** the version served, fixed by the launch */
  readonly blendVersion: number | null;
}
export interface Experiment {
  readonly id: number;
  readonly name: string;
  readonly hypothesis: string;
  readonly status: Status;
  readonly metric: Metric;
  readonly seed: string;
  readonly startedAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly decision: Decision | null;
  /** the arm that was shipped */
  readonly decidedArm: string | null;
  readonly reason: string;
  /** counts changes */
  readonly version: number;
  readonly createdAt: Date;
  /** in the order of their ranges */
  readonly arms: readonly Arm[];
}
export const control = 'control';

const select = `select e.id, e.name, e.hypothesis, e.status, e.primary_metric as metric, e.seed, e.started_at as "startedAt", e.stopped_at as "stoppedAt",
    e.decision, e.decided_arm as "decidedArm", e.reason, e.version, e.created_at as "createdAt",
    coalesce((select jsonb_agg(jsonb_build_object('key', key, 'name', name, 'share', share, 'blend', blend, 'blendVersion', blend_version)
       order by position) from experiment_arm where experiment = e.id), '[]') as arms
  from experiment e`;

/** Newest first. */
export const allExperiments = (sql: Sql): Promise<Experiment[]> => sql.rows<Experiment>(`${select} order by e.id desc`);
export const runningExperiments = (sql: Sql): Promise<Experiment[]> => sql.rows<Experiment>(`${select} where e.status = 'running' order by e.id`);
export const experimentWith = (sql: Sql, id: number): Promise<Experiment | undefined> => sql.one<Experiment>(`${select} where e.id = $1`, [id]);
