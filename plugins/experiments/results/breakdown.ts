import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition, SegmentDefinition } from '../../../recommend/measures.ts';
import { control } from '../model.ts';
import { adjust } from '../statistics/multiple.ts';
import { figuresOf, shown, type Shown } from './effects.ts';
import type { Facts } from './measurement.ts';
import type { Entry, Total } from './read.ts';
import { percent } from './words.ts';

/** The effect on one metric in each group of viewers. */
export interface Breakdown {
  readonly metric: string;
  readonly segment: string;
  readonly title: string;
  readonly groups: readonly {
    readonly name: string;
    readonly arms: readonly (Shown & {
      /** p-value corrected for the number of groups and arms (Holm); null where there is none, or one of both has fewer viewers than the metric needs */
      readonly corrected: number | null;
    })[];
  }[];
  /** that many looks find something by chance */
  readonly warning: string;
}

/** Groups beyond these are put together. */
export const MOST_GROUPS = 20;

/**
 * From the sums of the strata, where the segment is what divides units into them; else of units that are still there one by one: after
 * an experiment is only kept in sums, there are no other groups.
 */
export async function breakdownOf(sql: Sql, metric: MetricDefinition, segment: SegmentDefinition, facts: Facts): Promise<Breakdown> {
  const { entries, totals } = segment.stratifies ? ofStrata(metric, facts) : await ofUnits(sql, metric, segment.id, facts);
  const plain = { ...facts, experiment: { ...facts.experiment, cuped: false } };
  const groups = namesOf(entries).map((name) => {
    const own = <T extends { readonly stratum: string }>(list: readonly T[]): T[] => list.filter(({ stratum }) => stratum === name);
    return { name, arms: figuresOf(metric, { ...plain, entries: own(entries), totals: own(totals), quantiles: new Map() }) };
  });
  const found = groups.flatMap(({ arms }) => {
    const base = arms.find(({ key }) => key === control)?.units ?? 0;
    return arms.flatMap((arm) => {
      const p = Math.min(base, arm.units) >= metric.minimum ? arm[metric.scale]?.pValue : undefined;
      return p == null ? [] : [{ arm, p }];
    });
  });
  const corrected = new Map(
    adjust(
      'holm',
      found.map(({ p }) => p),
    ).map((p, i) => [found[i]!.arm, p]),
  );
  return {
    metric: metric.id,
    segment: segment.id,
    title: segment.title,
    groups: groups.map(({ name, arms }) => ({
      name,
      arms: arms.map((arm) => ({ ...shown(arm), corrected: corrected.get(arm) ?? null })),
    })),
    warning: warningOf(groups.length * (facts.experiment.arms.length - 1), facts.experiment.alpha),
  };
}

const warningOf = (looks: number, alpha: number): string =>
  `Many comparisons find something by chance: where nothing differs, ${looks === 1 ? 'this one' : `each of these ${looks}`} still has a chance of ${percent(alpha)} to look like a difference. Take what stands out as an idea for the next experiment, not as a result.`;

/** The groups by size. */
function namesOf(entries: readonly Entry[]): string[] {
  const sizes = new Map<string, number>();
  for (const { stratum, units } of entries) sizes.set(stratum, (sizes.get(stratum) ?? 0) + units);
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

interface Grouped {
  readonly entries: readonly Entry[];
  readonly totals: readonly Total[];
}
const REST = 'all others';

function ofStrata({ id }: MetricDefinition, { entries, totals }: Facts): Grouped {
  const counted = entries.filter(({ standing }) => standing === 'counted'),
    known = new Set(namesOf(counted).slice(0, MOST_GROUPS - 1));
  const named = <T extends { readonly stratum: string }>(one: T): T => ({
    ...one,
    stratum: known.has(one.stratum) ? one.stratum || 'unknown' : REST,
  });
  return { entries: counted.map(named), totals: totals.filter(({ metric }) => metric === id).map(named) };
}

async function ofUnits(sql: Sql, metric: MetricDefinition, segment: string, { experiment, moment: { until, open } }: Facts): Promise<Grouped> {
  const { id, phase } = experiment,
    { names } = (await sql.one<{ names: string[] }>(largest, [id, phase, segment]))!;
  // Of a metric that waits for it, nothing of the step counts that is not over.
  const before = Math.min(until, metric.kind === 'retention' ? open : Infinity);
  const [entries, totals] = await Promise.all([
    sql.rows<Entry>(entriesBy, [id, phase, segment, names]),
    sql.rows<Total>(totalsBy, [id, phase, segment, names, metric.id, before === Infinity ? 'infinity' : new Date(Math.max(0, before))]),
  ]);
  return { entries, totals };
}

const groupOf = `coalesce(u.segments->>$3, 'unknown')`;
const largest = `select coalesce(array_agg(name), '{}') as names from (
  select ${groupOf} as name from experiment_unit u where experiment = $1 and phase = $2 and standing = 'counted' group by 1 order by count(*) desc limit ${MOST_GROUPS - 1}
) g`;
const named = `case when ${groupOf} = any($4) then ${groupOf} else '${REST}' end`;

const entriesBy = `select u.arm, ${named} as stratum, u.standing, u.entered as at, count(*)::integer as units, 0 as simulated, 0 as late
  from experiment_unit u where u.experiment = $1 and u.phase = $2 and u.standing = 'counted' group by 1, 2, 3, 4 order by 4`;

/** In one pass over the values, by what squares and products grow (see experiment_growth): so that the server can share out the work. */
const totalsBy = `select $5 as metric, u.arm, ${named} as stratum, sum(c.m) as m, sum(v.d) as d,
    sum(c.m * (c.m + 2 * c.m0)) as mm, sum(v.d * (v.d + 2 * v.d0)) as dd, sum(c.m * (v.d0 + v.d) + c.m0 * v.d) as md,
    0 as a, 0 as b, 0 as ma, 0 as mb, 0 as da, 0 as db, 0 as aa, 0 as ab, 0 as bb
  from experiment_value v join experiment_unit u on (u.experiment, u.phase, u.unit) = ($1, $2, v.unit)
    left join experiment_cap k on (k.experiment, k.phase, k.metric) = (v.experiment, v.phase, v.metric),
    lateral (select least(v.m0 + v.m, k.cap) - least(v.m0, k.cap) as m, least(v.m0, k.cap) as m0) c
  where v.experiment = $1 and v.phase = $2 and v.metric = (select id from experiment_metric where name = $5) and v.at < $6 and u.standing = 'counted'
  group by 2, 3`;
