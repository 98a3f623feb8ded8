import { connect, sqlOver } from '../core/database/connect.ts';
import type { Sql } from '../core/database/sql.ts';
import type { Bus } from '../core/bus.ts';
import { Blends } from '../recommend/blends.ts';
import { Measures, type MetricDefinition } from '../recommend/measures.ts';
import { metrics as historyMetrics, segments as historySegments } from '../plugins/history/metrics.ts';
import { metrics as trackingMetrics, segments as trackingSegments } from '../plugins/tracking/metrics.ts';
import type { Experiment } from '../plugins/experiments/model.ts';
import { Experiments } from '../plugins/experiments/service.ts';
import { courseOf } from '../plugins/experiments/results/course.ts';
import { Measurement } from '../plugins/experiments/results/measurement.ts';
import { stepsOf } from '../plugins/experiments/results/read.ts';
import { resultsFrom } from '../plugins/experiments/results/results.ts';
import { startServer } from './database.ts';
import type { Table } from './table.ts';
import { quantile, timed } from './timing.ts';

const METRICS = 20,
  FILMS = 500,
  CHANGED = 10_000,
  CHUNK = 100_000,
  DAY = 86_400_000;
const silentBus: Bus = { notify: async () => {}, on: () => () => {} };

/** Results of an experiment of many viewers: counting them the first time, again after a change, and what is then read and computed. */
export async function experiments(units: number): Promise<Table> {
  const server = await startServer();
  try {
    const sequelize = connect(await server.database('experiments'), 2),
      sql = sqlOver(sequelize);
    const measures = twenty(),
      measurement = new Measurement(sql, measures),
      now = new Date();
    const experiment = await launch(sql, new Date(now.getTime() - 14 * DAY));
    await fill(sql, experiment, units);
    const first = await timed(() => measurement.rollUp.refresh());
    await sql.rows('vacuum analyze');
    await change(sql, experiment, now);
    const again = await timed(() => measurement.rollUp.refresh());
    const nothing = await timed(() => measurement.rollUp.refresh());
    const read = await timed(async () => ({ facts: await measurement.facts(experiment, now), steps: await stepsOf(sql, experiment, 'ctr') }));
    const all = await timed(() => measurement.counted(experiment, now));
    const times = statistics(measures, read.result);
    const { values } = (await sql.one<{ values: number }>('select count(*)::integer as values from experiment_value'))!;
    await sequelize.close();
    return {
      title: 'Results of experiments',
      note:
        `${units.toLocaleString('en')} viewers in 3 arms over 14 days with ${values.toLocaleString('en')} values of ${measures.metrics.length} metrics, each with CUPED's past and four strata. ` +
        'Reading takes what is in the sums; statistics are effects with intervals of all metrics in all arms, corrections, health, verdict, plan and the course by hours and days, median of 20.',
      columns: ['Work', 'Seconds'],
      rows: [
        [`Counting ${first.result.counted.toLocaleString('en')} viewers for the first time`, first.seconds],
        [`Counting again ${again.result.counted.toLocaleString('en')} of whom something changed`, again.seconds],
        ['Looking for changes where there are none', nothing.seconds],
        ['Results: reading the sums', read.seconds],
        ['Results as the console asks for them, novelty and quantiles over all viewers included', all.seconds],
        ['Results: statistics alone', (quantile(times, 0.5) / 1000).toFixed(4)],
      ],
    };
  } finally {
    await server.stop();
  }
}

/** The metrics that come along, and more of the same until there are twenty. */
function twenty(): Measures {
  const measures = new Measures(),
    own = [...trackingMetrics, ...historyMetrics];
  const more = own.slice(0, METRICS - own.length).map((metric): MetricDefinition => ({ ...metric, id: `${metric.id}-again` }));
  for (const metric of [...own, ...more]) measures.addMetric(metric);
  for (const segment of [...trackingSegments, ...historySegments]) measures.addSegment(segment);
  return measures;
}

async function launch(sql: Sql, at: Date): Promise<Experiment> {
  const service = new Experiments(sql, silentBus, twenty()),
    blends = new Blends(sql, silentBus);
  const blend = async (name: string) => (await blends.create(name, { weights: { popularity: 1 } }, null)).blend;
  const arms = [
    { key: 'control', share: 34, blend: await blend('A') },
    { key: 'b', share: 33, blend: await blend('B') },
    { key: 'c', share: 33, blend: await blend('C') },
  ];
  const secondary = trackingMetrics.map(({ id }) => id).filter((id) => id !== 'ctr');
  const draft = await service.create(
    { name: 'Bench', metric: 'ctr', secondary, arms, correction: 'holm', cuped: true, plannedUnits: 1_000_000 },
    null,
  );
  return service.launch(draft.id, { version: 1, operator: null, at });
}

/** One to two lists a viewer on a day of its own, clicks on a third of them, ratings before and after. Numbers instead of chance: the same each time. */
async function fill(sql: Sql, { id, startedAt }: Experiment, units: number): Promise<void> {
  await sql.rows(`insert into film (title, year) select 'Film ' || n, 1950 + n % 70 from generate_series(1, ${FILMS}) n`);
  for (let from = 1; from <= units; from += CHUNK) {
    const range = [from, Math.min(units, from + CHUNK - 1)];
    await sql.transaction(async (tx) => {
      // Neither references nor notes of changes: everything is new.
      await tx.rows('set local session_replication_role = replica');
      await tx.rows(`insert into unit (id, visitor) select n, 'bench-' || n from generate_series($1::integer, $2::integer) n`, range);
      for (const again of [0, 1]) {
        const which = again ? 'n % 3 = 0' : 'true';
        await tx.rows(
          `with l as (
            insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at, novelty, diversity, milliseconds)
            select gen_random_uuid(), n, 'home', 1, array(select 1 + (n * 7 + i * 13) % ${FILMS} from generate_series(1, 12) i), array_fill('svd'::text, array[12]),
              $3::timestamptz + ((n * 7919) % 1209600 + ${again * 90_000}) * interval '1 second', 4 + n % 5, 0.3 + (n % 50) * 0.01, 5 + n % 40
            from generate_series($1::integer, $2::integer) n where ${which} returning id, unit, served_at, films
          ), a as (
            insert into list_assignment (list, experiment, arm, unit, served_at, phase)
            select id, $4, (array['control', 'b', 'c'])[1 + unit % 3], unit, served_at, 1 from l
          ), c as (
            insert into click (list, position, film, unit, at) select id, unit % 12, films[1 + unit % 12], unit, served_at + interval '1 minute' from l where (unit * 31) % 10 < 3
          )
          insert into outcome (list, film, kind, unit, position, algorithm, at)
          select id, films[1], 'watched', unit, 0, 'svd', served_at + interval '1 hour' from l where unit % 9 = 0 on conflict do nothing`,
          [...range, startedAt, id],
        );
      }
      await tx.rows(
        `insert into rating (unit, film, stars, rated_at) select n, 1 + (n * 17 + i) % ${FILMS}, 1 + (n + i) % 5, $3::timestamptz + (n % 20 - 10) * interval '1 day'
        from generate_series($1::integer, $2::integer) n, generate_series(1, 2) i where n % 4 = 0`,
        [...range, startedAt],
      );
    });
  }
  await sql.rows('vacuum analyze');
}

/** Another list and a click, today. */
async function change(sql: Sql, { id }: Experiment, now: Date): Promise<void> {
  await sql.rows(
    `with l as (
      insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at, novelty, diversity, milliseconds)
      select gen_random_uuid(), n, 'home', 1, array[1, 2, 3], array['svd', 'svd', 'svd'], $1, 4, 0.5, 9 from generate_series(1, ${CHANGED}) n returning id, unit, served_at
    ), a as (
      insert into list_assignment (list, experiment, arm, unit, served_at, phase) select id, $2, (array['control', 'b', 'c'])[1 + unit % 3], unit, served_at, 1 from l
    )
    insert into click (list, position, film, unit, at) select id, 0, 1, unit, served_at from l`,
    [now, id],
  );
}

type Read = { readonly facts: Awaited<ReturnType<Measurement['facts']>>; readonly steps: Awaited<ReturnType<typeof stepsOf>> };

/** Milliseconds of twenty computations. */
function statistics(measures: Measures, { facts, steps }: Read): number[] {
  return Array.from({ length: 20 }, () => {
    const since = performance.now();
    const course = courseOf(measures.metric('ctr')!, steps, facts);
    resultsFrom({ facts, metrics: measures.metrics, course, novelty: undefined, waiting: 0 });
    return performance.now() - since;
  });
}
