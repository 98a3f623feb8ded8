const whole = new Intl.NumberFormat('en');
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** 12,345 or 0.123; "–" where there is none. */
export const number = (value: number | null | undefined, digits = 0): string =>
  typeof value !== 'number' || !Number.isFinite(value) ? '–' : digits === 0 ? whole.format(Math.round(value)) : value.toFixed(digits);

/** A fraction as "12.3 %". */
export const percent = (fraction: number | null | undefined, digits = 1): string =>
  typeof fraction === 'number' && Number.isFinite(fraction) ? `${(fraction * 100).toFixed(digits)} %` : '–';

export const when = (time: string | Date | null | undefined): string => (time ? moment.format(new Date(time)) : '–');
export const onDay = (time: string | Date | null | undefined): string => (time ? day.format(new Date(time)) : '–');

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Infinity],
] as const;

/** "3 hours ago", "in 5 minutes". */
export function ago(time: string | Date | null | undefined, now = Date.now()): string {
  if (!time) return 'never';
  let value = (new Date(time).getTime() - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) return unit === 'second' && Math.abs(value) < 10 ? 'just now' : relative.format(Math.round(value), unit);
    value /= size;
  }
  return when(time);
}

/** A duration in seconds as "4.2 s", "3 min 20 s". */
export function seconds(value: number | null | undefined): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '–';
  return value < 60 ? `${value.toFixed(value < 10 ? 1 : 0)} s` : `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

export function bytes(value: number | null | undefined): string {
  if (typeof value !== 'number') return '–';
  return value < 1e6 ? `${(value / 1e3).toFixed(0)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
/** "A", "A and B", "A, B and C" */
export const listed = (items: readonly string[]): string => list.format(items);

export const plural = (count: number, one: string, many = `${one}s`): string => `${whole.format(count)} ${count === 1 ? one : many}`;
