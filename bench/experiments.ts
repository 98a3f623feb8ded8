import { connect, sqlOver } from '../core/database/connect.ts';
import type { Sql } from '../core/database/sql.ts';
import type { Measures } from '../recommend/measures.ts';
import type { Experiment } from '../plugins/experiments/model.ts';
import { courseOf } from '../plugins/experiments/results/course.ts';
import { Measurement } from '../plugins/experiments/results/measurement.ts';
import { stepsOf } from '../plugins/experiments/results/read.ts';
import { resultsFrom } from '../plugins/experiments/results/results.ts';
import { startServer } from './database.ts';
import { change, fill, launch, twenty } from './many-viewers.ts';
import type { Table } from './table.ts';
import { median, timed } from './timing.ts';

const CHANGED = 3_000,
  RUNS = 5,
  DAY = 86_400_000;

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
    for (const table of sources) await sql.rows(`vacuum analyze ${table}`);
    const work = { sql, measures, measurement, experiment, now };
    const plain = await median(RUNS, () => sql.rows(plainCount, [experiment.id])),
      rows = [...(await again(work)), ...(await results(work))];
    const { values } = (await sql.one<{ values: number }>('select count(*)::integer as values from experiment_value'))!;
    await sequelize.close();
    return table({
      units,
      values,
      metrics: measures.metrics.length,
      plain,
      rows: [[`Counting all viewers for the first time`, first.seconds], ...rows],
    });
  } finally {
    await server.stop();
  }
}

const sources = ['experiment_unit', 'experiment_value', 'experiment_sum', 'experiment_spread', 'experiment_waiting'];
type Row = readonly [work: string, seconds: number];

interface Measured {
  readonly units: number;
  readonly values: number;
  readonly metrics: number;
  readonly plain: number;
  readonly rows: readonly Row[];
}
const table = ({ units, values, metrics, plain, rows }: Measured): Table => ({
  title: 'Results of experiments',
  note:
    `${units.toLocaleString('en')} viewers in 3 arms over 14 days with ${values.toLocaleString('en')} values of ${metrics} metrics, each with CUPED's past and four strata. ` +
    `Medians of ${RUNS}, but for the first count. Statistics are effects with intervals of all metrics in all arms, corrections, health, verdict, plan and the course by hours and days.`,
  columns: ['Work', 'Seconds', 'to the plain count'],
  rows: [
    ['Plain count of one metric: lists and clicks by viewer, summed by arm', plain, '1.00 ×'],
    ...rows.map(([work, seconds]) => [work, seconds < 1 ? seconds.toFixed(4) : seconds, `${(seconds / plain).toFixed(seconds < plain ? 3 : 1)} ×`]),
  ],
});

/** What a click rate with its error costs without any sums: the same for each metric and each look. */
const plainCount = `with v as (
    select a.arm, a.unit, sum(cardinality(l.films)) as d, sum((select count(*) from click c where c.list = l.id)) as m
    from list_assignment a join served_list l on l.id = a.list where a.experiment = $1 group by 1, 2
  ) select arm, count(*), sum(m), sum(d), sum(m * m), sum(m * d), sum(d * d) from v group by 1`;

interface Work {
  readonly sql: Sql;
  readonly measures: Measures;
  readonly measurement: Measurement;
  readonly experiment: Experiment;
  readonly now: Date;
}

async function again({ sql, measurement, experiment, now }: Work): Promise<Row[]> {
  let run = 0;
  const prepare = () => change(sql, experiment, { at: new Date(now.getTime() - 60_000 + run++), units: CHANGED });
  const some = await median(RUNS, () => measurement.rollUp.refresh(), prepare),
    none = await median(RUNS, () => measurement.rollUp.refresh());
  return [
    [`Counting again ${CHANGED.toLocaleString('en')} viewers who came back, a third of them with a click`, some],
    ['Looking for changes where there are none', none],
  ];
}

async function results({ sql, measures, measurement, experiment, now }: Work): Promise<Row[]> {
  const read = async () => ({ facts: await measurement.facts(experiment, now), steps: await stepsOf(sql, experiment, 'ctr') });
  const known = await read();
  const statistics = () => {
    const course = courseOf(measures.metric('ctr')!, known.steps, known.facts);
    resultsFrom({ facts: known.facts, metrics: measures.metrics, course, novelty: undefined, waiting: 0 });
  };
  return [
    ['Results: reading the sums, with quantiles', await median(RUNS, read)],
    ['Results as the console asks for them, novelty and statistics included', await median(RUNS, () => measurement.counted(experiment, now))],
    ['Results: statistics alone', await median(RUNS, async () => statistics())],
    ['Click rate in groups of viewers: by the strata', await median(RUNS, () => measurement.breakdown(experiment, 'ctr', 'ratings', now))],
    ['Click rate in groups of viewers: by another segment', await median(RUNS, () => measurement.breakdown(experiment, 'ctr', 'returning', now))],
    ['Figures of the lists: make-up, and clicks by position', await median(RUNS, () => measurement.lists(experiment))],
  ];
}
