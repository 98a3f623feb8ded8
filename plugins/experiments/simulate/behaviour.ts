import type { Random } from '../../../math/random.ts';
import type { Card } from './page.ts';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Most people never get to the end of a row, nor to the last row: the chance that a place is looked at. */
const examined = (row: number, place: number): number => 0.85 ** row * 0.93 ** place;

/** The chance to click on a film that was looked at: 1.5 % for one that suits as well as any, 10 % for one that suits very well. */
const attraction = (suit: number): number => logistic(suit - 4.2);
/** Films that were rated already are hardly opened again. */
const KNOWN = 0.1;
/** Nobody opens more at a time. */
const MOST_CLICKS = 5;

export interface Taste {
  /** how well a film suits, mean 0 and variance 1 over all films; undefined for one that came later */
  readonly suit: (film: number) => number | undefined;
  readonly knows: (film: number) => boolean;
}

/** What a viewer opens of the lists on a page, from top to bottom. */
export function clicksOn(lists: readonly (readonly Card[])[], { suit, knows }: Taste, random: Random): Card[] {
  return lists
    .flatMap((cards, row) =>
      cards.filter(({ film }, place) => random() < examined(row, place) * attraction(suit(film) ?? 0) * (knows(film) ? KNOWN : 1)),
    )
    .slice(0, MOST_CLICKS);
}

export type Deed = 'rate' | 'save' | 'leave';

/** What comes of a film whose page was opened: the better it suits, the more often it is watched and rated, or saved for later. */
export function deedFor(suit: number, random: Random): Deed {
  if (random() >= logistic(0.6 * suit - 1.9)) return 'leave';
  return random() < 0.5 ? 'rate' : 'save';
}

/** Stars in halves, 0.5 … 5. */
export function starsFor(suit: number, mean: number, random: Random): number {
  const liked = mean + 0.4 * suit + 1.2 * (random() + random() + random() - 1.5);
  return Math.min(5, Math.max(0.5, Math.round(liked * 2) / 2));
}

/** How likely somebody comes on a day, and how a visit changes that: who finds nothing comes less, and some never again. */
export const firstHabit = (random: Random): number => 0.35 + 0.45 * random();
export function habitAfter(habit: number, clicks: number, random: Random): number {
  if (clicks > 0) return Math.min(0.9, habit * 1.05);
  return random() < 0.06 ? 0 : habit * 0.85;
}
