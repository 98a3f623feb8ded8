import { normal, seeded, shuffle } from '../../../math/random.ts';
import type { Random } from '../../../math/random.ts';
import { DAY } from './calendar.ts';
import { drawFame, drawQuality } from './fame.ts';
import { inventPeople } from './names.ts';
import type { Person } from './names.ts';
import { filmTastes } from './tastes.ts';
import type { SeedFilm } from './tastes.ts';
import { watch } from './watch.ts';
import type { Rating, World } from './watch.ts';

export interface SimulationSize {
  readonly viewers: number;
  /** wanted in all; fewer come when there are too few films for them */
  readonly ratings: number;
  /** how long ago the first viewer joined */
  readonly days: number;
  readonly seed: number;
  /** the rhythm of weekdays and evenings (UTC) hangs on it */
  readonly now: Date;
}
export interface SimulatedViewer extends Person {
  /** seconds before now */
  readonly joined: number;
}

/** Parallel arrays, one entry a rating, the newest first. No viewer rates a film twice. */
export interface SimulatedHistory {
  readonly viewers: readonly SimulatedViewer[];
  /** index into `viewers` */
  readonly viewer: Int32Array;
  /** index into the films given */
  readonly film: Int32Array;
  /** 0.5 … 5 in halves */
  readonly stars: Float32Array;
  /** seconds before now, ascending */
  readonly ago: Float64Array;
}

const FEWEST = 15;
/** Nobody rates more than this share of the films. */
const MOST = 0.6;
const NEWEST_JOINED = 20;
const TRENDING = 12;

/**
 * Invented viewers and what they rated. Each viewer has hidden likings (see tastes.ts), which decide what is watched and
 * how it is rated and drift with time; films have hidden quality and a long-tailed fame; a few are the talk of the last
 * weeks. The same films, size, seed and now give the same history.
 */
export function simulateHistory(films: readonly SeedFilm[], size: SimulationSize): SimulatedHistory {
  const random = seeded(size.seed);
  const world = drawWorld(films, random);
  const now = Math.floor(size.now.getTime() / 1000);
  const counts = activity(size, films.length, random);
  const rows: Rating[] = [];
  const viewers = inventPeople(size.viewers, random).map((person, viewer) => {
    const joined = joinedAt(size.days, now, random);
    rows.push(...watch(world, { viewer, joined, now, count: counts[viewer]! }, random));
    return { ...person, joined: now - joined };
  });
  rows.sort((a, b) => b.time - a.time || a.viewer - b.viewer);
  return {
    viewers,
    viewer: Int32Array.from(rows, (row) => row.viewer),
    film: Int32Array.from(rows, (row) => row.film),
    stars: Float32Array.from(rows, (row) => row.stars),
    ago: Float64Array.from(rows, (row) => now - row.time),
  };
}

function drawWorld(films: readonly SeedFilm[], random: Random): World {
  const quality = drawQuality(films, random);
  const fame = drawFame(films, quality, random);
  const trending = shuffle([...films.keys()], random).slice(0, TRENDING);
  return { tastes: filmTastes(films), quality, fame, trending: new Set(trending) };
}

/** Ratings of each viewer: long-tailed, together as many as wanted. */
function activity({ viewers, ratings }: SimulationSize, films: number, random: Random): number[] {
  const most = Math.floor(films * MOST);
  const fewest = Math.min(FEWEST, most);
  const appetite = Array.from({ length: viewers }, () => Math.exp(0.85 * normal(random)));
  const counts = (scale: number): number[] => appetite.map((value) => Math.min(most, fewest + Math.floor(value * scale)));
  const total = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
  let [low, high] = [0, 1e5];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (total(counts(middle)) > ratings) high = middle;
    else low = middle;
  }
  const found = counts(low);
  // What rounding down left over goes to the first who still have room.
  const lucky = [...found.keys()].filter((viewer) => found[viewer]! < most).slice(0, Math.max(0, ratings - total(found)));
  for (const viewer of lucky) found[viewer]!++;
  return found;
}

/** Anywhere between the start and a few weeks ago. */
const joinedAt = (days: number, now: number, random: Random): number => now - Math.round((NEWEST_JOINED + (days - NEWEST_JOINED) * random()) * DAY);
