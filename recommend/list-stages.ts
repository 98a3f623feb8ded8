import type { Position } from './algorithm.ts';
import type { Catalogue } from './ports.ts';
import type { Adjustment } from './stages.ts';
import type { RowOptions } from './index.ts';
import type { Ranking } from './ranking.ts';
import { diversify } from './5-rerank.ts';
import type { Chance } from './exploration.ts';
import { noChance } from './exploration.ts';
import { calibrate, type Genres } from './calibration.ts';

/** How a list is made of a ranking. */
export interface Style {
  readonly diversity: number;
  readonly calibration: number;
  /** a list of similar films is explained by its heading, so its films need no reasons of their own */
  readonly reasons: boolean;
  /** operators' pins stand in it */
  readonly pins: boolean;
  /** films that the viewer saw may come back */
  readonly again: boolean;
  readonly exploration: Chance;
}
export const plain: Style = { diversity: 0, calibration: 0, reasons: true, pins: false, again: false, exploration: noChance };

/** A list on its way from a ranking to the page. */
export interface Draft {
  readonly ranking: Ranking;
  readonly row: RowOptions;
  readonly style: Style;
  /** films wanted, those that paging skips among them */
  readonly end: number;
  /** whether a film may stand in the list */
  readonly allowed: (film: Position) => boolean;
  readonly catalogue: Catalogue;
  readonly adjustments: readonly Adjustment[];
  /** genres that the viewer likes */
  readonly genres: () => Genres;
}

/** Changes which films stand in a list, or their order. It gets and gives them best first; pure. */
export type ListStage = (films: readonly Position[], draft: Draft) => readonly Position[];

/** Calibration and chance choose among all candidates, so those before them leave out none. */
const varied: ListStage = (films, { ranking, end, style: { diversity, calibration, exploration }, catalogue }) =>
  diversify(films, ranking.blended, calibration > 0 || exploration.temperature > 0 ? films.length : end, diversity, catalogue);

const calibrated: ListStage = (films, { end, style: { calibration, exploration }, genres, catalogue }) =>
  calibration > 0 ? calibrate(films, exploration.temperature > 0 ? films.length : end, calibration, genres(), catalogue) : films;

/** Each pinned film that may be shown, at its place. */
export const pinned: ListStage = (films, { row, style, adjustments, allowed, end }) => {
  if (!style.pins || row.only !== undefined) return films;
  const pins = adjustments.flatMap((adjustment) => adjustment.pins).filter(({ film }) => allowed(film));
  const list = films.filter((film) => !pins.some((pin) => pin.film === film));
  for (const { film, place } of pins.sort((a, b) => a.place - b.place)) list.splice(place, 0, film);
  return list.slice(0, end);
};

/** What happens to the best candidates of a ranking, in this order; then comes chance, and pins last. */
export const listStages: readonly ListStage[] = [varied, calibrated];
