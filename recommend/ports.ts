import { service } from '../core/plugin.ts';
import type { Position } from './algorithm.ts';

/** What a film card shows, kept in memory for all films. */
export interface FilmCard {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** directors, first cast and keywords as small integers, for diversity */
  readonly traits: Int32Array;
}

/** All films, by position. Replaced as a whole when films change. */
export interface Catalogue {
  readonly size: number;
  readonly cards: readonly FilmCard[];
  /** 0 = hidden from every list */
  readonly visible: Uint8Array;
  position(id: number): Position | undefined;
}
export interface CatalogueReader {
  current(): Catalogue;
}
/** Provided by the catalogue plugin. */
export const Catalogues = service<CatalogueReader>('core.catalogue');

/** One unit's history as stored: film ids. */
export interface StoredHistory {
  /** `at`: when it was rated, or watched where it has no stars; seconds since 1970 */
  readonly films: readonly { readonly film: number; readonly stars: number | null; readonly at: number }[];
  readonly dismissed: readonly number[];
}
export interface HistoryReader {
  of(unit: number): Promise<StoredHistory>;
  /** films of those kinds of events (see Signal) that a history holds anyway, so that they are not read twice */
  readonly held?: Readonly<Record<string, (history: StoredHistory) => readonly number[]>>;
}
/** Provided by the history plugin. */
export const Histories = service<HistoryReader>('core.history');
