import { normal } from '../../../math/random.ts';
import type { Random } from '../../../math/random.ts';

export const DAY = 86_400;
/** Share of each weekday's evenings, Sunday first, against the busiest. */
const WEEKDAYS = [0.95, 0.5, 0.5, 0.55, 0.6, 0.9, 1] as const;
/** most ratings of one evening */
const LONGEST = 7;

/** When somebody sits down in the evening, as seconds since 1970: more often at the end of a week. */
function sitting(from: number, to: number, random: Random): number {
  for (;;) {
    const day = Math.floor((from + random() * (to - from)) / DAY);
    // 1 January 1970 was a Thursday.
    if (random() > WEEKDAYS[(day + 4) % 7]!) continue;
    const hour = random() < 0.85 ? 20.5 + 1.7 * normal(random) : 9 + 9 * random();
    return day * DAY + hour * 3600;
  }
}

/**
 * When one viewer rates `count` films between joining and now, in seconds since 1970, ascending and each later than the
 * one before: a first long sitting, then evenings.
 */
export function ratingTimes(count: number, joined: number, now: number, random: Random): number[] {
  const first = Math.min(count, 5 + Math.floor(random() * 8));
  const times: number[] = [];
  let time = joined;
  for (let i = 0; i < first; i++) times.push((time += 15 + 60 * random()));
  while (times.length < count) {
    time = sitting(joined, now, random);
    for (let left = 1 + Math.floor(random() * LONGEST); left > 0 && times.length < count; left--) times.push((time += 20 + 300 * random() ** 2));
  }
  return spread(
    times.map((at) => Math.round(Math.max(joined, at))).sort((a, b) => a - b),
    now,
  );
}

/** Moves times apart by at least a second, none later than now. */
function spread(times: number[], now: number): number[] {
  for (let i = 1; i < times.length; i++) times[i] = Math.max(times[i]!, times[i - 1]! + 1);
  for (let i = times.length - 1, latest = Math.floor(now); i >= 0; i--, latest--) {
    latest = Math.min(latest, times[i]!);
    times[i] = latest;
  }
  return times;
}
