import { service } from '../../core/plugin.ts';
import type { ServedList } from '../../recommend/served.ts';

export { askedOnce } from './asked-once.ts';

/** What lists, feeds and other pages show of a film; the partial `card` takes it as it is. */
export interface FilmSummary {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  /** minutes */
  readonly runtime: number | null;
  readonly genres: readonly string[];
  readonly directors: readonly string[];
  /** hidden films stand in nobody's lists and have no page */
  readonly hidden: boolean;
  /** address of the film's page */
  readonly href: string;
  /** address of the poster; changes when the poster does */
  readonly poster: string;
}

/** A film in a list that was made for a viewer: its `href` counts the click. */
export interface ServedCard extends FilmSummary {
  readonly reason: string | undefined;
}

/** Films for other plugins, answered from memory. */
export interface FilmsService {
  /** The films with these ids, hidden ones too; unknown ids are left out. */
  cards(ids: readonly number[]): Promise<ReadonlyMap<number, FilmSummary>>;
  /** Is there such a film, and may viewers see it? */
  exists(id: number): boolean;
  /** Films whose titles match what was typed, the best match first, without hidden ones. */
  search(text: string, limit: number): Promise<readonly FilmSummary[]>;
  /** The cards of a served list, in its order, with the reason of each as a sentence. Record the list first (see plugins/tracking/api.ts). */
  served(list: ServedList): readonly ServedCard[];
}
export const Films = service<FilmsService>('catalogue.films');

/** Rows of the home page by their surface, in their usual order: what a blend's `rows` can name. */
export const homeSurfaces = ['home.for-you', 'home.friends', 'home.because-you-liked', 'home.trending', 'home.genre', 'home.decade'] as const;
