import type { ProportionMoments, RatioMoments } from '../statistics/moments.ts';
import type { HourSums } from './sums.ts';

/** One arm from the start up to some moment. */
export interface Totals {
  readonly simulated: number;
  readonly ctr: RatioMoments;
  readonly conversion: ProportionMoments;
}
export const nothing: Totals = {
  simulated: 0,
  ctr: { kind: 'ratio', n: 0, m: 0, d: 0, mm: 0, dd: 0, md: 0 },
  conversion: { kind: 'proportion', n: 0, sum: 0 },
};

export function plus({ simulated, ctr, conversion }: Totals, hour: Omit<HourSums, 'arm' | 'hour'>): Totals {
  const n = ctr.n + hour.viewers;
  return {
    simulated: simulated + hour.simulated,
    ctr: { kind: 'ratio', n, m: ctr.m + hour.m, d: ctr.d + hour.d, mm: ctr.mm + hour.mm, dd: ctr.dd + hour.dd, md: ctr.md + hour.md },
    conversion: { kind: 'proportion', n, sum: conversion.sum + hour.converted },
  };
}

export const totalOf = (hours: readonly HourSums[], arm: string | null): Totals => hours.filter((hour) => hour.arm === arm).reduce(plus, nothing);

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** From so many days on, a point of a chart stands for a day; before, for an hour. */
const LONG = 3;

export interface Timeline {
  readonly step: 'hour' | 'day';
  /** the beginning of each step (UTC), none left out */
  readonly at: readonly Date[];
  /** of each arm asked for, everything up to the end of each step */
  readonly arms: ReadonlyMap<string, readonly Totals[]>;
}

/** How the sums grew. Empty when nobody was in it yet. */
export function timeline(hours: readonly HourSums[], arms: readonly string[]): Timeline {
  const times = hours.map(({ hour }) => hour.getTime());
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? -1];
  const step = last - first >= LONG * DAY ? 'day' : 'hour';
  const size = step === 'day' ? DAY : HOUR,
    start = Math.floor(first / size) * size;
  const at = Array.from({ length: Math.max(0, Math.floor((last - start) / size) + 1) }, (_, i) => new Date(start + i * size));
  const grown = (arm: string): Totals[] => {
    const own = hours.filter((hour) => hour.arm === arm);
    let total = nothing,
      next = 0;
    return at.map((begin) => {
      for (; next < own.length && own[next]!.hour.getTime() < begin.getTime() + size; next++) total = plus(total, own[next]!);
      return total;
    });
  };
  return { step, at, arms: new Map(arms.map((arm) => [arm, grown(arm)])) };
}
