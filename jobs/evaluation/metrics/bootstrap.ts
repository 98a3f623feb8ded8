import { seeded } from '../../../math/random.ts';

/** A number with the 95 % interval that another sample of viewers would likely give. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A statistic of a sample of viewers, told how often each of them was drawn. */
export interface Statistic {
  (times: ArrayLike<number>): number;
  /**
   * Falls when viewers are drawn twice, as distinct things counted over all viewers do: the resamples are shifted so
   * that their mean is the statistic of the whole sample.
   */
  readonly shrinks?: boolean;
}

const resamples = 1000;
const [lowest, highest] = [0.025, 0.975] as const;

/**
 * Percentile bootstrap over viewers (Efron & Tibshirani 1993, ch. 13): 1,000 resamples of the same size with
 * replacement, the same ones for all statistics. The same seed gives the same intervals.
 */
export function bootstrap<K extends string>(viewers: number, statistics: Readonly<Record<K, Statistic>>, seed: number): Record<K, Estimate> {
  const names = Object.keys(statistics) as K[],
    random = seeded(seed),
    times = new Uint32Array(viewers);
  const drawn = Object.fromEntries(names.map((name) => [name, new Float64Array(resamples)])) as Record<K, Float64Array>;
  for (let round = 0; round < resamples; round++) {
    times.fill(0);
    for (let draw = 0; draw < viewers; draw++) times[Math.floor(random() * viewers)]!++;
    for (const name of names) drawn[name][round] = statistics[name](times);
  }
  times.fill(1);
  return Object.fromEntries(names.map((name) => [name, estimate(statistics[name](times), drawn[name], statistics[name].shrinks)])) as Record<
    K,
    Estimate
  >;
}

function estimate(value: number, drawn: Float64Array, shrinks = false): Estimate {
  const sorted = drawn.filter(Number.isFinite).sort();
  const shift = shrinks ? value - sorted.reduce((sum, one) => sum + one, 0) / sorted.length : 0;
  const at = (quantile: number): number => sorted[Math.round(quantile * (sorted.length - 1))]! + shift;
  if (sorted.length === 0) return { value: NaN, low: NaN, high: NaN };
  // Where all resamples agree, rounding must not push the value out.
  return { value, low: Math.min(value, at(lowest)), high: Math.max(value, at(highest)) };
}

/** Mean of one number a viewer; viewers with NaN are left out. */
export const meanOf =
  (values: Float64Array): Statistic =>
  (times) => {
    let sum = 0,
      count = 0;
    for (let viewer = 0; viewer < values.length; viewer++) {
      if (times[viewer] === 0 || Number.isNaN(values[viewer]!)) continue;
      sum += times[viewer]! * values[viewer]!;
      count += times[viewer]!;
    }
    return sum / count;
  };

/** Sum over viewers divided by the sum of their parts: a mean over ratings, of which viewers have different numbers. */
export const ratioOf =
  (sums: Float64Array, counts: Float64Array): Statistic =>
  (times) => {
    let sum = 0,
      count = 0;
    for (let viewer = 0; viewer < sums.length; viewer++) {
      sum += times[viewer]! * sums[viewer]!;
      count += times[viewer]! * counts[viewer]!;
    }
    return sum / count;
  };

/** Share of all films that stand in the lists of the viewers drawn. */
export function coverageOf(lists: readonly ArrayLike<number>[], films: number): Statistic {
  const last = new Int32Array(films);
  let round = 0;
  const share = (times: ArrayLike<number>): number => {
    let shown = 0;
    round++;
    lists.forEach((list, viewer) => {
      if (times[viewer] === 0) return;
      for (let i = 0; i < list.length; i++) {
        if (last[list[i]!] === round) continue;
        last[list[i]!] = round;
        shown++;
      }
    });
    return films > 0 ? shown / films : 0;
  };
  return Object.assign(share, { shrinks: true });
}
