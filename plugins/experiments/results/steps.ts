/** The steps in which sums are kept, as the database's experiment_step() makes them. Times in milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** So long after the day on which a phase began, steps are hours. */
const FINE = 96 * HOUR;

const floor = (at: number, size: number): number => Math.floor(at / size) * size;

/** The beginning of the step in which a time lies. */
export function stepOf(at: number, started: number): number {
  const first = floor(started, DAY);
  return floor(at, at >= first && at < first + FINE ? HOUR : DAY);
}

/** From so many days on, a point of a chart stands for a day; before, for an hour. */
const LONG = 3 * DAY;

export interface Timeline {
  readonly step: 'hour' | 'day';
  /** the beginning of each step (UTC), none left out */
  readonly at: readonly number[];
  readonly size: number;
}

/** The steps that a chart shows of what happened between two times; none where nothing did. */
export function timelineOf(times: readonly number[]): Timeline {
  if (times.length === 0) return { step: 'hour', at: [], size: HOUR };
  const [first, last] = times.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]);
  const step = last - first >= LONG ? 'day' : 'hour';
  const size = step === 'day' ? DAY : HOUR,
    start = floor(first, size);
  return { step, size, at: Array.from({ length: Math.floor((last - start) / size) + 1 }, (_, i) => start + i * size) };
}
