import type { AnyAlgorithm, Position, Reason, Viewer } from './algorithm.ts';
import type { BlendSpec, BlendVersion } from './blend-spec.ts';
import type { Assignment, ServedList } from './served.ts';
import type { Signals } from './signals.ts';

export interface RowOptions {
  readonly surface: string;
  readonly size: number;
  /** skip the first films, for paging */
  readonly offset?: number;
  readonly only?: (film: Position) => boolean;
  /** may hold films that the viewer rated or watched; default false */
  readonly seen?: boolean;
  /** films that stand elsewhere on the page */
  readonly without?: ReadonlySet<Position>;
}

/** The recommender for one viewer during one request: history, arms and scores are worked out once. */
export interface RecommendSession {
  readonly viewer: Viewer;
  readonly blend: BlendVersion;
  readonly assignments: readonly Assignment[];
  /** films by the blend */
  forViewer(row: RowOptions): ServedList;
  /** films by one algorithm alone ("trending"); empty when it is off or has no model */
  byAlgorithm(algorithm: string, row: RowOptions): ServedList;
  /** films like the given one, by all algorithms that know similarity, weighted as in the blend */
  similarTo(film: Position, row: RowOptions): ServedList;
  /** share and reasons of each algorithm for one film */
  explain(film: Position): { algorithm: string; share: number; reasons: Reason[] }[];
}

export interface Recommender {
  /** `blend` replaces the arm's or default blend: the console's preview. */
  open(unit: number, at: Date, options?: { blend?: BlendSpec }): Promise<RecommendSession>;
  /** algorithms that are on, with whether a model is loaded */
  algorithms(): readonly { readonly algorithm: AnyAlgorithm; readonly plugin: string; readonly model: number | undefined }[];
  /** the kinds of events that count, with the operators' weights */
  signals(): Signals;
}
