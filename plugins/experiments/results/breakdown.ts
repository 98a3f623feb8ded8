import type { Sql } from '../../../core/database/sql.ts';
import type { MetricDefinition, SegmentDefinition } from '../../../recommend/measures.ts';
import { adjust } from '../statistics/multiple.ts';
import { figuresOf, shown, type Shown } from './effects.ts';
import type { Facts } from './measurement.ts';
import type { Entry, Phase, Total } from './read.ts';

/** The effect on one metric in each group of viewers. */
export interface Breakdown {
  readonly metric: string;
  readonly segment: string;
  readonly title: string;
  readonly groups: readonly {
    readonly name: string;
    readonly arms: readonly (Shown & {
      /** p-value corrected for the number of groups and arms (Holm); null where there is none */
      readonly corrected: number | null;
    })[];
  }[];
  /** that many looks find something by chance */
  readonly warning: string;
}

/** Groups beyond these are put together. */
const MOST_GROUPS = 20;

/** Of units that are still there one by one: after an experiment is only kept in sums, there are no groups. */
export async function breakdownOf(sql: Sql, metric: MetricDefinition, segment: SegmentDefinition, facts: Facts): Promise<Breakdown> {
  const [entries, totals] = await Promise.all([entriesBy(sql, facts.experiment, segment.id), totalsBy(sql, facts.experiment, metric, segment.id)]);
  const plain = { ...facts, experiment: { ...facts.experiment, cuped: false } };
  const groups = namesOf(entries).map((name) => {
    const own = <T extends { readonly stratum: string }>(list: readonly T[]): T[] => list.filter(({ stratum }) => stratum === name);
    return { name, arms: figuresOf(metric, { ...plain, entries: own(entries), totals: own(totals), quantiles: new Map() }) };
  });
  const found = groups.flatMap(({ arms }) =>
    arms.flatMap((arm) => (arm[metric.scale]?.pValue != null ? [{ arm, p: arm[metric.scale]!.pValue! }] : [])),
  );
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
  `These are ${looks} comparisons. Where nothing differs, about ${(looks * alpha).toFixed(1)} of them look like a difference all the same: take what stands out as an idea for the next experiment, not as a result.`;

/** The groups by size. */
function namesOf(entries: readonly Entry[]): string[] {
  const sizes = new Map<string, number>();
  for (const { stratum, units } of entries) sizes.set(stratum, (sizes.get(stratum) ?? 0) + units);
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

const groupOf = `coalesce(u.segments->>$3, 'unknown')`;
/** The largest groups of a segment, and what each unit's is then called. */
const groups = `with known as (
  select ${groupOf} as name from experiment_unit u where experiment = $1 and phase = $2 and standing = 'counted' group by 1 order by count(*) desc limit ${MOST_GROUPS - 1}
)`;
const named = `case when ${groupOf} in (select name from known) then ${groupOf} else 'all others' end`;

const entriesBy = (sql: Sql, { id, phase }: Phase, segment: string): Promise<Entry[]> =>
  sql.rows<Entry>(
    `${groups} select u.arm, ${named} as stratum, u.standing, u.entered as at, count(*)::integer as units, 0 as simulated, 0 as late
    from experiment_unit u where u.experiment = $1 and u.phase = $2 and u.standing = 'counted' group by 1, 2, 3, 4 order by 4`,
    [id, phase, segment],
  );

const totalsBy = (sql: Sql, { id, phase }: Phase, { id: metric }: MetricDefinition, segment: string): Promise<Total[]> =>
  sql.rows<Total>(
    `${groups}, total as (
      select v.unit, sum(v.m) as m, sum(v.d) as d from experiment_value v join experiment_metric x on x.id = v.metric
      where v.experiment = $1 and v.phase = $2 and x.name = $4 group by v.unit
    )
    select $4 as metric, u.arm, ${named} as stratum, sum(c.m) as m, sum(t.d) as d, sum(c.m * c.m) as mm, sum(t.d * t.d) as dd, sum(c.m * t.d) as md,
      0 as a, 0 as b, 0 as ma, 0 as mb, 0 as da, 0 as db, 0 as aa, 0 as ab, 0 as bb
    from total t join experiment_unit u on u.experiment = $1 and u.phase = $2 and u.unit = t.unit
      left join (select k.* from experiment_cap k join experiment_metric x on x.id = k.metric and x.name = $4) k on k.experiment = $1 and k.phase = $2,
      lateral (select least(t.m, k.cap) as m) c
    where u.standing = 'counted' group by 2, 3`,
    [id, phase, segment, metric],
  );
