import type { Sql } from '../../../core/database/sql.ts';
import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { Experiment } from '../model.ts';
import { shown, type Shown } from './click-model.ts';
import { eachPaced, type Pace } from '../../../math/pace.ts';

/** A list whose order was drawn by chance, and what came of it. */
export interface LoggedList {
  readonly unit: number;
  readonly temperature: number;
  /** so many first places were left alone */
  readonly fixed: number;
  /** films, best first, with their scores by the blend and by each of its algorithms (null: no opinion) */
  readonly pool: readonly number[];
  readonly blended: readonly (number | null)[];
  readonly scores: Readonly<Record<string, readonly (number | null)[]>>;
  readonly films: readonly number[];
  readonly propensities: readonly number[];
  /** places that were rewarded, from 0 */
  readonly rewarded: readonly number[];
  /** of the blend that it was made by */
  readonly spec: Pick<BlendSpec, 'weights' | 'normalisation' | 'newcomers'>;
}

export interface PreparedList extends LoggedList {
  /** its films at places that were left to chance */
  readonly shown: readonly Shown[];
}

export type Reward = 'clicks' | 'successes';
export const rewardOf = ({ metric }: Pick<Experiment, 'metric'>): Reward => (metric.startsWith('conversion') ? 'successes' : 'clicks');

/** The latest lists that are read, at most, and how many at a time: what they were drawn from takes long to read. */
const MOST = 5_000;
const AT_A_TIME = 50;
/** Below it an order is hardly ever another one. */
const LEAST_TEMPERATURE = 0.02;
/** Relative; propensities are stored in single precision. */
const CLOSE = 1e-3;

type Wanted = Pick<Experiment, 'metric' | 'includeSimulated' | 'includeStaff'>;
interface Row extends LoggedList {
  readonly id: string;
  /** to the microsecond */
  readonly at: string;
}
const last: Pick<Row, 'id' | 'at'> = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** The latest logged lists of a blend, those left out whose chances cannot be retraced: later pages, and lists with pins. */
export async function loggedLists(sql: Sql, blend: number, experiment: Wanted, pace: Pace) {
  const lists: PreparedList[] = [];
  let [leftOut, before] = [0, last];
  for (let read = 0; read < MOST; read += AT_A_TIME) {
    const rows = await sql.rows<Row>(statement(rewardOf(experiment)), [
      blend,
      experiment.includeSimulated,
      experiment.includeStaff,
      LEAST_TEMPERATURE,
      AT_A_TIME,
      before.at,
      before.id,
    ]);
    await eachPaced(rows, pace, (row) => {
      if (retraced(row)) lists.push({ ...row, shown: shown(row) });
      else leftOut++;
    });
    if (rows.length < AT_A_TIME) break;
    before = rows.at(-1)!;
  }
  return { lists, leftOut };
}

/** Whether the pool gives each film the chance that was logged for it. */
export function retraced({ pool, fixed, temperature, films, propensities }: LoggedList): boolean {
  const left = new Map(pool.slice(fixed).map((film, i) => [film, (i + 1) ** (-1 / temperature)]));
  return films.every((film, place) => {
    if (place < fixed) return film === pool[place];
    const own = left.get(film);
    if (own === undefined) return false;
    // Added up anew each time: of what is left after subtractions, rounding would be a large part.
    let worth = 0;
    for (const each of left.values()) worth += each;
    left.delete(film);
    return Math.abs((propensities[place]! * worth) / own - 1) < CLOSE;
  });
}

const rewards: Record<Reward, string> = {
  clicks: 'select position from click where list = l.id',
  successes: 'select distinct position from outcome where list = l.id',
};
/** Lists of arms that change a blend are not of that blend. */
const statement = (
  reward: Reward,
): string => `select x.list as id, x.served_at::text as at, l.unit, x.temperature, x.fixed, x.pool, x.blended, x.scores, l.films, l.propensities, v.spec,
    (select coalesce(json_agg(r.position), '[]') from (${rewards[reward]}) r) as rewarded
  from exploration_log x join served_list l on l.id = x.list join blend_version v on v.id = l.blend_version join unit u on u.id = l.unit
  where v.blend = $1 and ($2 or not u.simulated) and ($3 or not u.staff) and x.temperature >= $4 and not exists (
    select from list_assignment a join experiment_arm m on (m.experiment, m.phase, m.key) = (a.experiment, a.phase, a.arm)
    where a.list = l.id and m.overrides <> '{}')
    and (x.served_at, x.list) < ($6::timestamptz, $7::uuid)
  order by x.served_at desc, x.list desc limit $5`;
