import type { MetricDefinition } from '../../../../recommend/measures.ts';

/** How far before its first exposure a unit's past is looked at (CUPED). */
export const LOOK_BACK_DAYS = 14;

const unit = 'experiment, phase, unit';

/** Between which two ids all units are. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/**
 * Fills the temporary table `fresh` with what the units of `seen` did by one metric, step by step. The metric's rows are
 * joined to the units, so that the database reads those of a few units by an index and those of many at once.
 */
export function valuesOf(metric: MetricDefinition, number: number, range: Range): string {
  const entry = metric.kind === 'retention' ? `experiment_step(s.first_at + ${hours(metric.window![1])}, s.started)` : 's.entered';
  return `insert into fresh (${unit}, metric, at, enters, m, d, a, b, m0, d0)
  with counted as (
    select ${unit}, first_at, started, ended, ${entry} as entry from seen s where s.standing = 'counted'
  ), since as (${sinceExposure(metric, range)}
  ), before as (${beforeExposure(metric, range)}
  ), step as (
    select ${unit}, at, sum(m) as m, sum(d) as d
    from (select ${unit}, at, m, d from since union all select ${unit}, entry, 0, 0 from before join counted using (${unit})) x
    group by ${unit}, at
  )
  select s.experiment, s.phase, s.unit, ${number}, s.at, s.at = c.entry, s.m, s.d, coalesce(b.a, 0), coalesce(b.b, 0),
    sum(s.m) over each - s.m, sum(s.d) over each - s.d
  from step s join counted c using (${unit}) left join before b using (${unit})
  window each as (partition by ${unit} order by s.at)`;
}

const hours = (n: number): string => `interval '${n} hours'`;
/** Whoever reads a table in the order of units need not begin with the first of the site. */
const within = ({ first, last }: Range): string => `r.unit between ${first} and ${last}`;
const denominatorOf = ({ rows }: MetricDefinition): string => (/\bdenominator\b/.test(rows) ? 'sum(r.denominator::double precision)' : '0');
const ofLists = ({ rows }: MetricDefinition): boolean => /\blist\b/.test(rows.replace(/\bfrom\b[\s\S]*/, ''));

/** Rows from the first exposure on, in the window, or until the phase ended; of lists, those of the experiment. */
function sinceExposure(metric: MetricDefinition, range: Range): string {
  const { kind, window, rows } = metric;
  const until = window ? `s.first_at + ${hours(window[1])}` : `coalesce(s.ended, 'infinity')`;
  const from = `from counted s join (${rows}) r on r.unit = s.unit and r.at >= s.first_at + ${hours(window?.[0] ?? 0)} and r.at < ${until} and ${within(range)}
    ${ofLists(metric) ? 'join assigned l on l.list = r.list and l.experiment = s.experiment and l.phase = s.phase' : ''}`;
  if (kind === 'retention') return `select s.experiment, s.phase, s.unit, s.entry as at, 1 as m, 0 as d ${from} group by 1, 2, 3, 4`;
  const step = (at: string): string => `experiment_step(${at}, s.started) as at`;
  if (kind === 'binomial')
    return `select s.experiment, s.phase, s.unit, ${step('min(r.at)')}, 1 as m, 0 as d ${from} group by s.experiment, s.phase, s.unit, s.started`;
  return `select s.experiment, s.phase, s.unit, ${step('r.at')}, sum(r.value::double precision) as m, ${denominatorOf(metric)} as d
    ${from} group by 1, 2, 3, 4`;
}

/** The same from the days before, whichever lists it was. */
function beforeExposure(metric: MetricDefinition, range: Range): string {
  const yes = metric.kind === 'binomial' || metric.kind === 'retention';
  return `select s.experiment, s.phase, s.unit, ${yes ? '1' : 'sum(r.value::double precision)'} as a, ${yes ? '0' : denominatorOf(metric)} as b
    from counted s join (${metric.rows}) r on r.unit = s.unit and r.at < s.first_at and r.at >= s.first_at - interval '${LOOK_BACK_DAYS} days'
      and ${within(range)} group by 1, 2, 3`;
}

/** Units whose rows changed since the last time, by any metric. Expects the table experiment_roll_up. */
export function changedUnits(metrics: readonly MetricDefinition[]): string {
  const noted = new Set(metrics.flatMap(({ changes }) => changes ?? []));
  const byTime = metrics.filter(({ changes }) => changes === undefined);
  return [
    ...Array.from(
      noted,
      (changes) =>
        `select c.unit from (${changes}) c, experiment_roll_up u where c.tx >= pg_snapshot_xmin(u.snapshot) and not pg_visible_in_snapshot(c.tx, u.snapshot)`,
    ),
    ...byTime.map(({ rows }) => `select r.unit from (${rows}) r, experiment_roll_up u where r.at >= u.at - interval '5 minutes'`),
  ].join('\n  union ');
}
