import { z } from 'zod';
import { event, service } from '../../core/plugin.ts';

/** The only ratings there are: ½ … 5 in half steps. */
export const Stars = z
  .number('Choose ½ to 5 stars.')
  .min(0.5, 'Choose at least half a star.')
  .max(5, 'Choose at most 5 stars.')
  .multipleOf(0.5, 'Choose whole or half stars.');

/** How programs name a viewer. */
export const ViewerName = z
  .string()
  .min(1)
  .max(120)
  .describe(
    'An account\'s id, an account\'s handle, or "visitor:" and a key of 8 to 100 letters, digits, - and _ of your own for somebody without account.',
  );

/** What a unit did with one film. */
export interface Mark {
  /** 0.5 … 5; null = not rated */
  readonly stars: number | null;
  readonly watched: boolean;
  readonly dismissed: boolean;
}
export interface RatedFilm {
  readonly unit: number;
  readonly film: number;
  readonly stars: number;
  readonly at: Date;
}
export interface Slice {
  readonly limit: number;
  /** default 0 */ readonly offset?: number;
}

/**
 * What viewers and visitors did. Doing something again changes nothing but its time, and undoing what was not done is
 * no error. An unknown film is 404, and so is a hidden one, unless something is undone.
 */
export interface HistoryService {
  /** @param stars as typed, 422 unless it is one of `Stars` */
  rate(unit: number, film: number, stars: unknown, at: Date): Promise<void>;
  unrate(unit: number, film: number): Promise<void>;
  watch(unit: number, film: number, at: Date): Promise<void>;
  unwatch(unit: number, film: number): Promise<void>;
  /** "Not interested": the film stays out of the unit's lists. */
  dismiss(unit: number, film: number, at: Date): Promise<void>;
  undismiss(unit: number, film: number): Promise<void>;
  /** The unit's marks on those of the films that have any. */
  of(unit: number, films: readonly number[]): Promise<ReadonlyMap<number, Mark>>;
  /** Ratings of films that are not hidden, newest first. */
  ratings(units: readonly number[], slice: Slice): Promise<readonly RatedFilm[]>;
  /** The unit behind a name as in `ViewerName`, made for a visitor's key that is new; undefined for an account that nobody has. */
  unit(name: string): Promise<number | undefined>;
}
export const History = service<HistoryService>('history');

const id = z.int().positive();
const fact = { unit: id, film: id, at: z.date() };
export const Rated = event('history.rated', z.object({ ...fact, stars: Stars }));
export const Watched = event('history.watched', z.object(fact));
export const Dismissed = event('history.dismissed', z.object(fact));
