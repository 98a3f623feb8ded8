import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';

/** An experiment's phase. */
export interface Phase {
  readonly id: number;
  readonly phase: number;
}

/** Sums over the units of one arm (and stratum): m and d of a unit since its first exposure, a and b before it. */
export interface Sums {
  readonly m: number;
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly mm: number;
  readonly md: number;
  readonly ma: number;
  readonly mb: number;
  readonly dd: number;
  readonly da: number;
  readonly db: number;
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}
const names = ['m', 'd', 'a', 'b', 'mm', 'md', 'ma', 'mb', 'dd', 'da', 'db', 'aa', 'ab', 'bb'] as const satisfies readonly (keyof Sums)[];
export const noSums = Object.fromEntries(names.map((name) => [name, 0])) as unknown as Sums;
export const plus = (x: Sums, y: Sums): Sums => Object.fromEntries(names.map((name) => [name, x[name] + y[name]])) as unknown as Sums;

export interface Total extends Sums {
  readonly metric: string;
  readonly arm: string;
  readonly stratum: string;
}
export interface Step extends Sums {
  readonly arm: string;
  readonly at: Date;
}

/** Units that entered in a step. */
export interface Entry {
  /** '' = several */
  readonly arm: string;
  readonly stratum: string;
  readonly standing: 'counted' | 'crossed' | 'staff' | 'simulated';
  readonly at: Date;
  readonly units: number;
  readonly simulated: number;
  /** told of more than a day after it happened */
  readonly late: number;
}

const all = names.map((name) => `sum(s.${name})::double precision as ${name}`).join(', ');

/**
 * The sums of all metrics, by arm and stratum.
 * @param until the first step that is not counted any more; all where none is given
 * @param open the step that is not over: of metrics that wait for it (retention), nothing of it counts
 */
export const totalsOf = (sql: Sql, { id, phase }: Phase, metrics: readonly MetricDefinition[], open: Date, until?: Date): Promise<Total[]> =>
  sql.rows<Total>(
    `select x.name as metric, s.arm, s.stratum, ${all} from experiment_sum s join experiment_metric x on x.id = s.metric
    where s.experiment = $1 and s.phase = $2 and (s.at < $4 or not x.name = any($3)) and s.at < $5 group by 1, 2, 3`,
    [id, phase, waiting(metrics), open, until ?? 'infinity'],
  );

/** What each step added to the sums of one metric, oldest first. */
export const stepsOf = (sql: Sql, { id, phase }: Phase, metric: string): Promise<Step[]> =>
  sql.rows<Step>(
    `select s.arm, s.at, ${all} from experiment_sum s join experiment_metric x on x.id = s.metric
    where s.experiment = $1 and s.phase = $2 and x.name = $3 group by 1, 2 order by 2`,
    [id, phase, metric],
  );

/** Oldest first. */
export const entriesOf = (sql: Sql, { id, phase }: Phase): Promise<Entry[]> =>
  sql.rows<Entry>(
    'select arm, stratum, standing, at, units, simulated, late from experiment_entry where experiment = $1 and phase = $2 order by at',
    [id, phase],
  );

const waiting = (metrics: readonly MetricDefinition[]): string[] => metrics.filter(({ kind }) => kind === 'retention').map(({ id }) => id);
