import type { Sql } from '../../../core/database/sql.ts';
import { control, interleaved, type Experiment } from '../model.ts';
import { entriesOf, totalsOf, type Phase } from './read.ts';
import { total } from './units.ts';

/** Who is in an experiment right now. */
export interface Live {
  readonly arms: readonly LiveArm[];
  /** in several arms, staff, or simulated */
  readonly leftOut: number;
}
export interface LiveArm {
  readonly key: string;
  readonly name: string;
  /** null for an arm of an interleaving: whose lists they are is told once, for both */
  readonly viewers: number | null;
  readonly impressions: number | null;
  readonly clicks: number;
}

/** From being shown a list to a click, by arm, of what was counted. */
export async function liveOf(sql: Sql, experiment: Experiment): Promise<Live> {
  const together = experiment.kind === 'interleaving';
  const [entries, totals, clicks] = await Promise.all([
    entriesOf(sql, experiment),
    totalsOf(sql, experiment, [], new Date()),
    together ? clicksOf(sql, experiment) : undefined,
  ]);
  const counted = entries.filter(({ standing }) => standing === 'counted');
  const armOf = (key: string, name: string): LiveArm => {
    const lists = totals.filter(({ metric, arm }) => metric === 'ctr' && arm === key),
      sum = (of: 'm' | 'd'): number => lists.reduce((all, one) => all + one[of], 0);
    return { key, name, viewers: total(counted.filter(({ arm }) => arm === key)), impressions: sum('d'), clicks: sum('m') };
  };
  const arms = clicks
    ? [
        armOf(interleaved, 'Lists of both'),
        ...experiment.arms.map(({ key, name }) => ({ key, name, viewers: null, impressions: null, clicks: key === control ? clicks.b : clicks.a })),
      ]
    : experiment.arms.map(({ key, name }) => armOf(key, name));
  return { arms, leftOut: total(entries) - total(counted) };
}

/** Clicks on films of the other arm (a) and of the control (b). */
async function clicksOf(sql: Sql, { id, phase }: Phase): Promise<{ readonly a: number; readonly b: number }> {
  const row = await sql.one<{ a: number; b: number }>(
    `select coalesce(sum(a), 0)::integer as a, coalesce(sum(b), 0)::integer as b from experiment_credit_sum where experiment = $1 and phase = $2 and what = 'clicks'`,
    [id, phase],
  );
  return row!;
}
