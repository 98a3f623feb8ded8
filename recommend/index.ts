import type { AnyAlgorithm, Position, Reason, Viewer } from './algorithm.ts';
import type { BlendSpec, BlendVersion } from './blend-spec.ts';
import type { LoadedModel } from './models/registry.ts';
import type { Prediction } from './predict.ts';
import type { Assignment, ServedList } from './served.ts';
import type { Signals } from './signals.ts';
import type { Adjuster } from './stages.ts';

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
  /** a row of what was suggested says by whom, rather than what the films have in common with the viewer's */
  readonly asides?: boolean;
}

export interface Explanation {
  /** what an adjustment says of it: "Ada recommends it" */
  readonly said: string | undefined;
  /** undefined: no algorithm with a weight has an opinion on the film */
  readonly score: number | undefined;
  /** by score among all films, seen and hidden ones too, before diversity and rules about places; 1 = best */
  readonly rank: number | undefined;
  /** films of the viewer's and their share of the blended score, the largest first; with what has no such reason it adds up to 1 */
  readonly films: readonly { readonly film: Position; readonly share: number }[];
  readonly algorithms: readonly {
    readonly algorithm: string;
    readonly title: string;
    /** of the blended score */
    readonly share: number;
    /** comparable: standard deviations above the mean, or rank; undefined: no opinion */
    readonly score: number | undefined;
    readonly reasons: readonly Reason[];
  }[];
}

/** The recommender for one viewer during one request: history, arms and scores are worked out once. */
export interface RecommendSession {
  readonly viewer: Viewer;
  readonly blend: BlendVersion;
  readonly assignments: readonly Assignment[];
  /** films that an adjustment has something to say of: those from friends */
  readonly suggested: ReadonlySet<Position>;
  /** films by the blend */
  forViewer(row: RowOptions): ServedList;
  /** films by one algorithm alone ("trending"); empty when it is off or has no model */
  byAlgorithm(algorithm: string, row: RowOptions): ServedList;
  /** films like the given one, by all algorithms that know similarity, weighted as in the blend */
  similarTo(film: Position, row: RowOptions): ServedList;
  /** why a film stands where it does in this viewer's ranking */
  explain(film: Position): Explanation;
  /** by the first algorithm that can say; undefined where none is on, or none knows enough of the viewer or the film */
  predict(film: Position): Prediction | undefined;
}

/** For previews. */
export interface OpenOptions {
  /** instead of the arm's or default blend */
  readonly blend?: BlendSpec;
  /** with a blend: versions that serve instead of those in service, by algorithm */
  readonly models?: ReadonlyMap<string, LoadedModel>;
  /** instead of all rules in force */
  readonly adjuster?: Adjuster;
}

export interface Recommender {
  open(unit: number, at: Date, options?: OpenOptions): Promise<RecommendSession>;
  /** algorithms that are on, with whether a model is loaded */
  algorithms(): readonly { readonly algorithm: AnyAlgorithm; readonly plugin: string; readonly model: number | undefined }[];
  /** the kinds of events that count, with the operators' weights */
  signals(): Signals;
}
