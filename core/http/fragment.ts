import type { Request } from 'express';

/**
 * How a plugin puts something on another's page. The page names a slot and its subjects (film ids, say);
 * `load` gets all subjects of the page at once, so that a page of sixty cards costs one query.
 */
export interface Fragment {
  /** nav · news · notices · film.actions · film.facts · film.sections · card.actions · browse.tabs · own.tabs · home.top · home.rows · profile.tabs · profile.sections · profile.actions · feed.reviews · account.sections · footer */
  readonly slot: string;
  /** lower stands first; default 100 */
  readonly order?: number;
  /** a template of the plugin's: "watchlist/button" */
  readonly template: string;
  /** what the template sees, by subject; no entry = nothing shown */
  load(request: Request, subjects: readonly number[]): Promise<ReadonlyMap<number, object>>;
}
