import type { SumMoments } from './moments.ts';

/** The sums of two groups of units together, such as of two days. Both must be of one kind. */
export const add = <M extends SumMoments>(a: M, b: M): M => combine(a, b, 1);

/** The sums without those of some units: what is left of `all` when `part` of it is taken away. */
export const subtract = <M extends SumMoments>(all: M, part: M): M => combine(all, part, -1);

/** All groups together; undefined where there are none. */
export const addAll = <M extends SumMoments>(groups: readonly M[]): M | undefined =>
  groups.length === 0 ? undefined : groups.reduce((sum, group) => add(sum, group));

function combine<M extends SumMoments>(a: M, b: M, sign: 1 | -1): M {
  if (a.kind !== b.kind) throw new TypeError(`sums of kind ${a.kind} and ${b.kind} cannot be put together`);
  const other = b as unknown as Record<string, number>;
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, typeof value === 'number' ? value + sign * other[key]! : value])) as M;
}
