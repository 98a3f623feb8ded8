import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, sqlOver } from '../core/database/connect.ts';
import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';
import { normal, seeded, type Random } from '../math/random.ts';
import { metrics, segments } from '../plugins/tracking/metrics.ts';
import { expectedLiftOf } from '../plugins/experiments/expected-lift/result.ts';
import { Experiments } from '../plugins/experiments/service.ts';
import { Blends } from '../recommend/blends.ts';
import { explore, poolSize } from '../recommend/exploration.ts';
import { Measures } from '../recommend/measures.ts';
import { startServer } from './database.ts';
import type { Table } from './table.ts';
import { timed } from './timing.ts';

const LISTS = 5_000,
  AT_ONCE = 250,
  SHOWN = 20,
  algorithms = ['popularity', 'svd', 'item-knn', 'content', 'ncf'],
  chance = { temperature: 0.4, from: 0 };
const silentBus: Bus = { notify: async () => {}, on: () => () => {} };

/** What a draft with three arms would get, by 5,000 logged lists: how long it takes, and how long it keeps pages from being answered. */
export async function expectedLift(): Promise<Table> {
  const server = await startServer();
  try {
    const sequelize = connect(await server.database('lift'), 2),
      sql = sqlOver(sequelize),
      blends = new Blends(sql, silentBus);
    const draft = await draftOf(sql, blends);
    await log(sql);
    const asked = await watched(() => expectedLiftOf(sql, blends, draft)),
      again = await watched(() => expectedLiftOf(sql, blends, draft)),
      idle = await watched(() => pause(again.seconds * 1000));
    await sequelize.close();
    const row = (name: string, { seconds, longest }: Watched) => [name, seconds, longest, `${(longest / idle.longest).toFixed(1)} ×`];
    return {
      title: 'Expected lift of a draft',
      note: `${LISTS.toLocaleString('en')} logged lists with ${SHOWN} of ${poolSize} films and the scores of ${algorithms.length} algorithms, three arms. The longest time in which nothing else had its turn, beside that of a process which does nothing for as long.`,
      columns: ['Work', 'Seconds', 'Longest block ms', 'to idle'],
      rows: [row('First time: chances of all places, too', asked), row('Again', again), row('Nothing', idle)],
    };
  } finally {
    await server.stop();
  }
}

interface Watched {
  readonly seconds: number;
  /** milliseconds */
  readonly longest: number;
}
async function watched(work: () => Promise<unknown>): Promise<Watched> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { seconds } = await timed(work);
  // What blocked until the very end is noticed in the next turn.
  await pause(5);
  delay.disable();
  return { seconds, longest: delay.max / 1e6 };
}

async function draftOf(sql: Sql, blends: Blends) {
  const measures = new Measures();
  for (const metric of metrics) measures.addMetric(metric);
  for (const segment of segments) measures.addSegment(segment);
  const arms = [];
  for (const [i, key] of ['control', 'b', 'c'].entries()) {
    const weights = Object.fromEntries(algorithms.map((id, n) => [id, 1 + ((n + i) % 3)]));
    arms.push({ key, share: [34, 33, 33][i]!, blend: (await blends.create(key, { weights }, null)).blend });
  }
  await blends.open();
  return new Experiments(sql, silentBus, measures).create({ name: 'Bench', metric: 'ctr', arms }, null);
}

async function log(sql: Sql): Promise<void> {
  await sql.rows(`insert into film (title, year) select 'Film ' || n, 1990 from generate_series(1, ${poolSize}) n`);
  await sql.rows(`insert into unit (visitor) select 'bench-' || n from generate_series(1, ${LISTS / 2}) n`);
  const random = seeded(1);
  for (let from = 0; from < LISTS; from += AT_ONCE)
    await sql.rows(store, [JSON.stringify(Array.from({ length: AT_ONCE }, (_, i) => list(1 + ((from + i) % (LISTS / 2)), random)))]);
  await sql.rows('analyze');
}

/** A list whose order was drawn by chance, and clicks by place. */
function list(unit: number, random: Random) {
  const order = Array.from({ length: poolSize }, (_, i) => i),
    scores = Object.fromEntries(algorithms.map((id, n) => [id, order.map((i) => -i / 20 + (0.3 + 0.1 * n) * normal(random))]));
  const { films, propensities } = explore(order, chance, random() * 2 ** 32),
    places = films.slice(0, SHOWN);
  return {
    unit,
    pool: order.map((i) => i + 1),
    blended: order.map((i) => -i / 20),
    scores,
    films: places.map((i) => i + 1),
    propensities: places.map((i) => propensities.get(i)!),
    clicked: places.flatMap((_, place) => (random() < 0.1 / (1 + place * 0.2) ? [place] : [])),
  };
}

const store = `with row as materialized (
  select gen_random_uuid() as id, r.* from jsonb_to_recordset($1::jsonb) as r
    (unit integer, pool integer[], blended real[], scores jsonb, films integer[], propensities real[], clicked integer[])
), list as (
  insert into served_list (id, unit, surface, blend_version, films, algorithms, propensities, served_at)
  select id, unit, 'home', (select min(id) from blend_version v where v.blend = (select id from blend where name = 'control')), films,
    array_fill('svd'::text, array[cardinality(films)]), propensities, now() from row returning id
), log as (
  insert into exploration_log (list, temperature, fixed, pool, blended, scores, served_at)
  select id, ${chance.temperature}, ${chance.from}, pool, blended, scores, now() from row join list using (id)
)
insert into click (list, position, film, unit, at) select id, place, films[place + 1], unit, now() from row join list using (id), unnest(clicked) as place`;
