import type { LoggedList, PreparedList } from './logged.ts';
import { eachPaced, Pace } from '../../../math/pace.ts';

/** Ranks fall into bands 1, 2–3, 4–7, 8–15 …, so that each has enough films. */
const bandOf = (rank: number): number => Math.floor(Math.log2(rank + 1));
/** A band counts as average until so many rewards are expected of it. */
const PRIOR = 5;

/** The reward that is expected of the film of a rank at a place, both from 0 after the places that were left alone. */
export type ClickModel = (rank: number, place: number) => number;

/** Rate of the place × how much better than that the band of ranks does. It makes estimates less noisy; it need not be right. */
export async function clickModel(lists: readonly PreparedList[], pace = new Pace()): Promise<ClickModel> {
  const places: { shown: number; rewards: number }[] = [];
  await eachPaced(lists, pace, (list) => {
    for (const { place, reward } of list.shown) {
      const at = (places[place] ??= { shown: 0, rewards: 0 });
      at.shown++;
      at.rewards += reward;
    }
  });
  const rates = places.map(({ shown: times, rewards }) => rewards / times),
    bands: { expected: number; rewards: number }[] = [];
  await eachPaced(lists, pace, (list) => {
    for (const { rank, place, reward } of list.shown) {
      const band = (bands[bandOf(rank)] ??= { expected: 0, rewards: 0 });
      band.expected += rates[place]!;
      band.rewards += reward;
    }
  });
  // It is asked for every film of every pool: the bands are looked up once for each rank.
  const factors = Array.from({ length: lists.reduce((most, { pool }) => Math.max(most, pool.length), 0) }, (_, rank) =>
    factorOf(bands[bandOf(rank)]),
  );
  return (rank, place) => (rates[place] ?? 0) * (factors[rank] ?? 1);
}

const factorOf = (band: { readonly expected: number; readonly rewards: number } | undefined): number =>
  band ? (band.rewards + PRIOR) / (band.expected + PRIOR) : 1;

export interface Shown {
  /** index in the pool after the places that were left alone: its rank when it was served */
  readonly rank: number;
  readonly place: number;
  readonly reward: 0 | 1;
}
/** The films of a list at places that were left to chance. */
export function shown({ pool, films, fixed, rewarded }: LoggedList): Shown[] {
  const ranks = new Map(pool.slice(fixed).map((film, rank) => [film, rank]));
  return films.slice(fixed).map((film, place) => ({ rank: ranks.get(film)!, place, reward: rewarded.includes(fixed + place) ? 1 : 0 }));
}
