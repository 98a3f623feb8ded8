import type { Sql } from '../../core/database/sql.ts';
import { ratioOf, type Ratio, type Sums } from './ratio.ts';

/** What one algorithm or one version of a blend achieved. */
export interface Achieved {
  /** id of the algorithm, or row id of the blend's version; null = in no blend */
  readonly id: string | number | null;
  readonly viewers: number;
  /** films shown, each place of each list counted */
  readonly films: number;
  readonly clicks: number;
  /** films shown that were rated 4 or more, watched or put on a watchlist within 72 hours */
  readonly conversions: number;
  readonly ctr: Ratio | undefined;
  readonly conversion: Ratio | undefined;
}
export interface Performance {
  readonly hours: number;
  /** hours that one point of `lists` stands for */
  readonly step: number;
  readonly lists: readonly { readonly at: Date; readonly perHour: number }[];
  readonly algorithms: readonly Achieved[];
  readonly blends: readonly Achieved[];
}
export const windows = { 24: 1, 168: 6, 720: 24 } as const;
export type Hours = keyof typeof windows;

const hour = 3_600_000;

/** The last hours, the one that is still running included. Operators' own visits do not count. */
export async function performance(sql: Sql, hours: Hours, now: Date): Promise<Performance> {
  const step = windows[hours];
  const until = new Date(Math.floor(now.getTime() / hour) * hour + hour),
    from = new Date(until.getTime() - hours * hour);
  const [lists, groups] = await Promise.all([
    sql.rows<{ at: Date; lists: number }>(listsByStep, [from, until, step]),
    sql.rows<Group>(achievements, [from, until]),
  ]);
  return {
    hours,
    step,
    lists: lists.map((row) => ({ at: row.at, perHour: row.lists / Math.min(step, Math.max(1, (now.getTime() - row.at.getTime()) / hour)) })),
    algorithms: groups.filter((group) => !group.of_blend).map((group) => achieved(group, group.algorithm)),
    blends: groups.filter((group) => group.of_blend).map((group) => achieved(group, group.blend_version)),
  };
}

interface Group {
  readonly of_blend: boolean;
  readonly algorithm: string | null;
  readonly blend_version: number | null;
  readonly viewers: number;
  readonly n: number;
  readonly nn: number;
  readonly clicks: number;
  readonly n_clicks: number;
  readonly clicks2: number;
  readonly wins: number;
  readonly n_wins: number;
  readonly wins2: number;
}

function achieved(group: Group, id: Achieved['id']): Achieved {
  const { viewers, n, nn } = group,
    shared: Pick<Sums, 'viewers' | 'n' | 'nn'> = { viewers, n, nn };
  return {
    id,
    viewers,
    films: n,
    clicks: group.clicks,
    conversions: group.wins,
    ctr: ratioOf({ ...shared, x: group.clicks, nx: group.n_clicks, xx: group.clicks2 }),
    conversion: ratioOf({ ...shared, x: group.wins, nx: group.n_wins, xx: group.wins2 }),
  };
}

const listsByStep = `select at, count(l.unit)::integer as lists
  from generate_series($1::timestamptz, $2::timestamptz - $3 * interval '1 hour', $3 * interval '1 hour') as at
  left join (select date_bin($3 * interval '1 hour', served_at, $1) as at, unit from served_list join unit u on u.id = unit and not u.staff
             where served_at >= $1 and served_at < $2) l using (at)
  group by at order by at`;

/** First what each viewer was shown and did, then sums of these and of their products over viewers: all that an interval needs. */
const achievements = `with shown as (
  select unit, algorithm, blend_version, sum(films) as n
  from shown_hour join unit u on u.id = unit and not u.staff where hour >= $1 and hour < $2 group by 1, 2, 3
), clicked as (
  select l.unit, l.algorithms[c.position + 1] as algorithm, l.blend_version, count(*) as clicks
  from click c join served_list l on l.id = c.list where l.served_at >= $1 and l.served_at < $2 group by 1, 2, 3
), won as (
  select l.unit, o.algorithm, l.blend_version, count(distinct (o.list, o.film)) as wins
  from outcome o join served_list l on l.id = o.list where l.served_at >= $1 and l.served_at < $2 group by 1, 2, 3
), each as (
  select unit, algorithm, blend_version, n, 0 as clicks, 0 as wins from shown
  union all select unit, algorithm, blend_version, 0, clicks, 0 from clicked where unit in (select unit from shown)
  union all select unit, algorithm, blend_version, 0, 0, wins from won where unit in (select unit from shown)
), viewer as (
  select grouping(algorithm) = 1 as of_blend, unit, algorithm, blend_version,
    sum(n)::double precision as n, sum(clicks)::double precision as clicks, sum(wins)::double precision as wins
  from each group by grouping sets ((unit, algorithm), (unit, blend_version))
)
select of_blend, algorithm, blend_version, count(*)::integer as viewers, sum(n) as n, sum(n * n) as nn,
  sum(clicks) as clicks, sum(n * clicks) as n_clicks, sum(clicks * clicks) as clicks2,
  sum(wins) as wins, sum(n * wins) as n_wins, sum(wins * wins) as wins2
from viewer group by 1, 2, 3 order by n desc`;
