import { connect, sqlOver } from '../core/database/connect.ts';
import type { Sql } from '../core/database/sql.ts';
import { control, interleaved, type Experiment } from '../plugins/experiments/model.ts';
import { creditsOf } from '../plugins/experiments/interleaving/credit.ts';
import { Measurement } from '../plugins/experiments/results/measurement.ts';
import { startServer } from './database.ts';
import { change, fill, launchInterleaving, twenty } from './many-viewers.ts';
import type { Table } from './table.ts';
import { median, timed } from './timing.ts';

const CHANGED = 3_000,
  RUNS = 5,
  DAY = 86_400_000;

/** Looks at an interleaving of many viewers: what is read of what they preferred, beside adding up the credit of each of them. */
export async function interleaving(units: number): Promise<Table> {
  const server = await startServer();
  try {
    const sequelize = connect(await server.database('interleaving'), 2),
      sql = sqlOver(sequelize);
    const measurement = new Measurement(sql, twenty()),
      now = new Date();
    const experiment = await launchInterleaving(sql, new Date(now.getTime() - 14 * DAY));
    await fill(sql, experiment, units);
    await takeTurns(sql);
    const first = await timed(() => measurement.rollUp.refresh());
    await sql.rows('vacuum analyze experiment_credit');
    const plain = await median(RUNS, () => sql.rows(eachViewer, [experiment.id])),
      rows = [['Counting all viewers for the first time', first.seconds] as const, ...(await looks(sql, measurement, experiment, now))];
    const { acts } = (await sql.one<{ acts: number }>('select count(*)::integer as acts from experiment_credit'))!;
    await sequelize.close();
    return {
      title: 'Results of an interleaving',
      note: `${units.toLocaleString('en')} viewers over 14 days with ${acts.toLocaleString('en')} rows of credit by viewer, kind of act and step. Medians of ${RUNS}, but for the first count.`,
      columns: ['Work', 'Seconds', 'to adding up'],
      rows: [
        ['Adding up the credit of each viewer, for the end alone', plain, '1.00 ×'],
        ...rows.map(([work, seconds]) => [
          work,
          seconds < 1 ? seconds.toFixed(4) : seconds,
          `${(seconds / plain).toFixed(seconds < plain ? 3 : 1)} ×`,
        ]),
      ],
    };
  } finally {
    await server.stop();
  }
}

async function looks(sql: Sql, measurement: Measurement, experiment: Experiment, now: Date): Promise<(readonly [string, number])[]> {
  let run = 0;
  const again = () =>
    change(sql, experiment, { at: new Date(now.getTime() - 60_000 + run++), units: CHANGED }).then(() => takeTurns(sql, now.getTime() - 120_000));
  return [
    [
      `Counting again ${CHANGED.toLocaleString('en')} viewers who came back, a third of them with a click`,
      await median(RUNS, () => measurement.rollUp.refresh(), again),
    ],
    ['What was preferred, step by step', await median(RUNS, () => creditsOf(sql, experiment))],
    ['Results as the console asks for them', await median(RUNS, () => measurement.counted(experiment, now))],
    ['Clicks on films of either arm, right now', await median(RUNS, () => measurement.live(experiment))],
  ];
}

/** Lists hold films of both arms in turn, and count for both. */
async function takeTurns(sql: Sql, since = 0): Promise<void> {
  await sql.rows(
    `update served_list set teams = (select array_agg(case when (place + n) % 2 = 0 then $1 else 'b' end order by place) from generate_series(1, cardinality(films)) place)
    from (select id as list, unit % 2 as n from served_list where served_at >= $2) l where id = l.list`,
    [control, new Date(since)],
  );
  await sql.rows('update list_assignment set arm = $1 where served_at >= $2', [interleaved, new Date(since)]);
  if (since === 0) await sql.rows('analyze');
}

/** What is preferred at the end, without any sums. */
const eachViewer = `select what, count(*) filter (where a > b), count(*) filter (where b > a), sum((a - b)::numeric / nullif(a + b, 0)) from (
    select unit, what, sum(a) as a, sum(b) as b from experiment_credit where experiment = $1 group by 1, 2) v group by 1`;
