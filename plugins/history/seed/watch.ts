import { normal } from '../../../math/random.ts';
import type { Random } from '../../../math/random.ts';
import { DAY, ratingTimes } from './calendar.ts';
import { drawLiking, match } from './tastes.ts';

/** How strongly taste decides on what is watched, against fame. */
const TASTE = 1.7;
/** The talk of these last seconds is chosen so many times more often. */
const RECENT = 21 * DAY;
const BOOST = 7;

export interface World {
  readonly tastes: readonly Float64Array[];
  readonly quality: Float64Array;
  /** chance of being chosen, taste aside, up to a factor */
  readonly fame: Float64Array;
  /** films that are the talk of the last weeks */
  readonly trending: ReadonlySet<number>;
}

export interface Rating {
  readonly viewer: number;
  readonly film: number;
  readonly stars: number;
  readonly time: number;
}
export interface Span {
  readonly viewer: number;
  readonly joined: number;
  readonly now: number;
  readonly count: number;
}

/** What one viewer rates, oldest first; likings move from the first to the later ones as time goes by. */
export function watch(world: World, { viewer, joined, now, count }: Span, random: Random): Rating[] {
  const first = drawLiking(random);
  const later = drawLiking(random).map((value, i) => 0.65 * first[i]! + 0.35 * value);
  const suits = [first, later].map((liking) => match(liking, world.tastes));
  const chances = suits.map((suit) => world.fame.map((fame, film) => fame * Math.exp(TASTE * suit[film]!)));
  const habit = { bias: 0.28 * normal(random), spread: 0.45 + 0.25 * random(), whole: random() < 0.55 };
  return ratingTimes(count, joined, now, random).map((time) => {
    const drifted = random() < (time - joined) / (now - joined) ? 1 : 0;
    const film = choose(chances[drifted]!, now - time < RECENT ? world.trending : none, random);
    for (const chance of chances) chance[film] = 0;
    return { viewer, film, time, stars: rate(world.quality[film]!, suits[drifted]![film]!, habit, random) };
  });
}

const none: ReadonlySet<number> = new Set();

/** A film with probability in proportion to its chance; those in `boosted` count several times. */
function choose(chances: Float64Array, boosted: ReadonlySet<number>, random: Random): number {
  const chance = (film: number): number => chances[film]! * (boosted.has(film) ? BOOST : 1);
  let left = chances.reduce((sum, _, film) => sum + chance(film), 0) * random();
  let last = 0;
  for (let film = 0; film < chances.length; film++) {
    if (chances[film] === 0) continue;
    last = film;
    left -= chance(film);
    if (left < 0) break;
  }
  return last;
}

interface Habit {
  /** stars above or below others */
  readonly bias: number;
  readonly spread: number;
  /** gives whole stars mostly */
  readonly whole: boolean;
}

function rate(quality: number, suit: number, { bias, spread, whole }: Habit, random: Random): number {
  const disappointment = random() < 0.07 ? 2.4 * random() : 0;
  const liked = 3.17 + 0.3 * quality + 0.4 * suit + bias + spread * normal(random) - disappointment;
  const step = random() < (whole ? 0.85 : 0.25) ? 1 : 0.5;
  return Math.min(5, Math.max(0.5, Math.round(liked / step) * step));
}
