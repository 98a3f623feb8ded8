import type { Random } from '../../../../math/random.ts';

/** One list out of several, and which of them each film counts for. */
export interface Drafted {
  readonly films: number[];
  /** position of the list that picked the film */
  readonly teams: number[];
}

/**
 * Team draft (Radlinski, Kurup and Joachims, CIKM 2008): the team with the fewest picks picks its best film that is not in the
 * list yet; ties go by a fair draw. A team without any film left passes. With more than two lists it is a multileave.
 * @param length most films in the list, @param random the same numbers give the same list, so that a page can be asked for again
 */
export function teamDraft(lists: readonly (readonly number[])[], length: number, random: Random): Drafted {
  const drafted: Drafted = { films: [], teams: [] };
  const taken = new Set<number>();
  const next = lists.map(() => 0);
  const picks = lists.map(() => 0);
  while (drafted.films.length < length) {
    lists.forEach((list, team) => {
      while (next[team]! < list.length && taken.has(list[next[team]!]!)) next[team]!++;
    });
    const able = lists.map((_, team) => team).filter((team) => next[team]! < lists[team]!.length);
    if (able.length === 0) break;
    const fewest = Math.min(...able.map((team) => picks[team]!));
    const candidates = able.filter((team) => picks[team] === fewest);
    const team = candidates[Math.floor(random() * candidates.length)]!;
    const film = lists[team]![next[team]!]!;
    taken.add(film);
    picks[team]!++;
    drafted.films.push(film);
    drafted.teams.push(team);
  }
  return drafted;
}

/** Clicks that each team gets. @param clicked positions in the list */
export function credit(teams: readonly number[], clicked: Iterable<number>, lists = 2): number[] {
  const scores = Array.from({ length: lists }, () => 0);
  for (const at of clicked) scores[teams[at]!]!++;
  return scores;
}
