import { seeded, shuffle, type Random } from '../../../math/random.ts';
import { AppError } from '../../../core/errors.ts';
import { firstHabit, habitAfter } from './behaviour.ts';
import type { Site } from './browser.ts';
import { suitsOf, type Films, type OwnRating } from './taste.ts';
import { empty, type Tally } from './tally.ts';
import { Visitor } from './visit.ts';

export interface SimulatedViewer {
  readonly unit: number;
  readonly email: string;
  readonly ratings: readonly OwnRating[];
}
export interface Plan {
  readonly viewers: readonly SimulatedViewer[];
  /** how many of them come */
  readonly count: number;
  readonly days: number;
  /** the last day ends now */
  readonly now: Date;
  readonly seed: number;
  readonly films: Films;
  readonly site: Site;
  /** of all simulated viewers */
  readonly password: string;
  readonly progress?: (fraction: number, note: string) => void;
}

const hour = 3_600_000;
/** Visits at the same time. More would only wait for each other. */
const concurrency = 8;
/** In milliseconds: whatever is asked for, it ends. */
const longest = 30 * 60_000;
/** So many visits may fail before most of them having failed ends it. */
const patience = 20;

interface Guest {
  readonly visitor: Visitor;
  readonly random: Random;
  habit: number;
}

/** Sends simulated viewers through the site's pages, day by day. Every viewer is there at most once a day. */
export async function simulate(plan: Plan): Promise<Tally> {
  const tally = empty(),
    started = performance.now();
  const guests = guestsOf(plan, tally);
  for (let day = 0; day < plan.days && performance.now() - started < longest; day++) {
    const coming = guests.filter(({ habit, random }) => random() < habit);
    const base = plan.now.getTime() - (plan.days - day) * 24 * hour;
    let done = 0;
    await each(coming, async (guest) => {
      if (performance.now() - started < longest) await come(guest, new Date(base + (1 + 18 * guest.random()) * hour), plan.password, tally);
      const fraction = (day + ++done / coming.length) / plan.days;
      plan.progress?.(fraction, note(tally.visits, (performance.now() - started) / 1000, fraction));
    });
  }
  return tally;
}

function guestsOf({ viewers, count, seed, films, site }: Plan, tally: Tally): Guest[] {
  const place = new Map(films.ids.map((id, i) => [id, i]));
  return shuffle([...viewers], seeded(seed))
    .slice(0, count)
    .map(({ unit, email, ratings }) => {
      const random = seeded(seed * 1_000_003 + unit),
        known = new Set(ratings.map(({ film }) => film));
      let suits: Float64Array | undefined;
      const suit = (film: number): number | undefined => {
        suits ??= suitsOf(films, ratings);
        return suits[place.get(film) ?? -1];
      };
      const person = {
        email,
        random,
        suit,
        mean: (film: number) => films.mean[place.get(film) ?? -1] ?? 3.3,
        knows: (film: number) => known.has(film),
        rated: (film: number) => void known.add(film),
      };
      return { visitor: new Visitor(person, site, tally), random, habit: firstHabit(random) };
    });
}

async function come(guest: Guest, at: Date, password: string, tally: Tally): Promise<void> {
  try {
    guest.habit = habitAfter(guest.habit, await guest.visitor.visit(at, password), guest.random);
    if (guest.habit === 0) tally.left++;
  } catch (error) {
    tally.errors++;
    tally.firstError ??= reasonOf(error);
    if (tally.errors >= patience && tally.errors > tally.visits) {
      throw new AppError('SIMULATION', 503, `The simulation was given up: ${tally.errors} visits failed, the first because ${tally.firstError}.`);
    }
  }
}

/** fetch only says "fetch failed"; why is in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || (cause as { code?: string }).code || message : message;
}

/** Works through the items, some at a time. The first failure ends it. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const note = (visits: number, seconds: number, fraction: number): string =>
  `${visits} visits, ${(visits / Math.max(1, seconds)).toFixed(0)} a second, about ${Math.ceil((seconds / fraction) * (1 - fraction))} s left`;
