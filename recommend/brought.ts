/** What can be brought along from another site. */
export type Brought = 'ratings' | 'watched' | 'diary' | 'watchlist' | 'reviews';
/** What another site knew of somebody and a film, as far as `kinds` was chosen. */
export interface BroughtFilm {
  readonly film: number;
  /** when it was said there; else the time of the import */
  readonly at: Date;
  /** of `Stars` */
  readonly stars?: number;
  /** "2026-01-31" */
  readonly watchedOn?: string;
  readonly rewatch?: boolean;
  readonly watched?: boolean;
  readonly watchlist?: boolean;
  readonly review?: string;
}
/** How many of each kind are new, and for which films there was no room, with the reason. */
export type Taken = Partial<Record<Brought, number>> & { readonly refused?: ReadonlyMap<number, string> };
