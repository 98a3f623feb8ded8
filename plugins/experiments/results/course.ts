import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control } from '../model.ts';
import { compare } from '../statistics/engines/compare.ts';
import { liftOf, type Known, type Lift } from './effects.ts';
import { momentsOf } from './moments.ts';
import { noSums, plus, type Entry, type Step, type Sums } from './read.ts';
import { HOUR, stepOf, timelineOf } from './steps.ts';

/** How the difference to the control settled: each point counts everything up to the end of its step. */
export interface Course {
  readonly metric: string;
  readonly step: 'hour' | 'day';
  readonly at: readonly Date[];
  readonly arms: readonly {
    readonly key: string;
    readonly name: string;
    /** units up to the end of each step */
    readonly units: readonly number[];
    /** on the metric's own scale; all null for the control */
    readonly lifts: readonly (Lift | null)[];
  }[];
}
interface Point {
  readonly n: number;
  readonly sums: Sums;
}

/** Without variance reduction, which says of the past what was not known then. */
export function courseOf(
  metric: MetricDefinition,
  steps: readonly Step[],
  known: Pick<Known, 'experiment' | 'engine' | 'entries' | 'moment'> & Names,
): Course {
  const entered = known.entries
    .filter(({ standing }) => standing === 'counted')
    .map((entry) => ({ ...entry, time: entryTime(metric, entry, known.moment.started) }));
  const within = <T>(list: readonly (T & { readonly time: number })[]) =>
    list.filter(({ time }) => metric.kind !== 'retention' || time < known.moment.open);
  const [entries, rows] = [within(entered), within(steps.map((step) => ({ ...step, time: step.at.getTime() })))];
  const { step, size, at } = timelineOf([...entries, ...rows].map(({ time }) => time));
  const points = (arm: string): Point[] => {
    const own = { entries: entries.filter((one) => one.arm === arm), rows: rows.filter((one) => one.arm === arm) };
    let [n, sums] = [0, noSums];
    return at.map((begin) => {
      const now = ({ time }: { readonly time: number }): boolean => time >= begin && time < begin + size;
      for (const entry of own.entries.filter(now)) n += entry.units;
      for (const row of own.rows.filter(now)) sums = plus(sums, row);
      return { n, sums };
    });
  };
  const base = points(control);
  return {
    metric: metric.id,
    step,
    at: at.map((time) => new Date(time)),
    arms: known.experiment.arms.map(({ key, name }) => {
      const own = key === control ? base : points(key);
      return {
        key,
        name,
        units: own.map(({ n }) => n),
        lifts: own.map((point, i) => (key === control ? null : between(metric, base[i]!, point, known))),
      };
    }),
  };
}

interface Names {
  readonly experiment: { readonly arms: readonly { readonly key: string; readonly name: string }[] };
}

/** Of a retention, units enter when their window is over. */
const entryTime = ({ kind, window }: MetricDefinition, { at }: Entry, started: number): number =>
  kind === 'retention' ? stepOf(at.getTime() + window![1] * HOUR, started) : at.getTime();

function between(metric: MetricDefinition, a: Point, b: Point, { engine, experiment }: Pick<Known, 'engine' | 'experiment'>): Lift | null {
  if (metric.kind === 'quantile' || a.n === 0 || b.n === 0) return null;
  const options = { relative: metric.scale === 'relative', alpha: experiment.alpha, inverse: metric.better === 'down' };
  const compared = compare(engine, momentsOf(metric, a.n, a.sums), momentsOf(metric, b.n, b.sums), options);
  return compared ? liftOf(compared) : null;
}
