import { noise } from '../math/random.ts';

export interface Drafted<T> {
  readonly item: T;
  /** index of the list that it was picked from */
  readonly team: number;
}

/**
 * Team draft (Radlinski, Kurup and Joachims, CIKM 2008), for two lists or more: the team with the fewest picks, by a fair
 * coin among equals, picks the best item of its list that no team has yet. A team whose list is used up picks no more.
 * The coin hangs on the seed and the round alone, so that a longer list begins like a shorter one.
 * @param lists each best first
 * @param key what makes two items the same
 */
export function teamDraft<T>(lists: readonly (readonly T[])[], size: number, seed: number, key: (item: T) => unknown): Drafted<T>[] {
  const drafted: Drafted<T>[] = [],
    taken = new Set<unknown>(),
    picks = lists.map(() => 0);
  while (drafted.length < size) {
    const next = lists.map((list) => list.find((one) => !taken.has(key(one)))),
      left = picks.filter((_, team) => next[team] !== undefined);
    const able = picks.flatMap((count, team) => (next[team] !== undefined && count === Math.min(...left) ? [team] : []));
    if (able.length === 0) break;
    const team = able[Math.floor(noise(seed, drafted.length) * able.length)]!,
      item = next[team]!;
    taken.add(key(item));
    picks[team]!++;
    drafted.push({ item, team });
  }
  return drafted;
}
