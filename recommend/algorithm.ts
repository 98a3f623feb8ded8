import type { Preferences } from '../math/preferences.ts';
import type { Slices } from '../math/slices.ts';
import type { SparseRows } from '../math/sparse.ts';

/**
 * Films are addressed by *position*: 0 … films − 1, in order of their ids. Films are never deleted,
 * only hidden, so that a position never changes and new films come at the end.
 */
export type Position = number;

/** What an algorithm may know of a film. */
export interface FilmFacts {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  readonly directors: readonly string[];
  readonly cast: readonly string[];
  readonly plot: string;
}

/** Everything that training sees, streamed from the database into typed arrays. */
export interface TrainingData {
  /** one a position */
  readonly films: readonly FilmFacts[];
  /** the viewer of each row */
  readonly units: Int32Array;
  /** viewers × films, values are stars (0.5 … 5) */
  readonly ratings: SparseRows;
  /** age of each rating in days before the newest one, parallel to `ratings.value`; all 0 where times are unknown */
  readonly age: Float32Array;
  /** viewers × films, the same rows as `ratings`: stars and all other events folded into implicit feedback, see `Viewer.preferences` */
  readonly preferences: SparseRows;
}

/** What came since a model was trained or updated, for a micro-batch. */
export interface Batch {
  /** all films, those of the model first: the model's positions still hold */
  readonly films: readonly FilmFacts[];
  /** viewers whose history changed, in no order; some may be new */
  readonly units: Int32Array;
  /** one row each of `units`: the whole of what they did, as it is now */
  readonly ratings: SparseRows;
  readonly preferences: SparseRows;
}

/** One viewer (or visitor) with the live history, read for this very request. */
export interface Viewer {
  readonly unit: number;
  /** rated or watched films, ascending positions */
  readonly films: Int32Array;
  /** stars 0.5 … 5, parallel to `films`; NaN for watched without a rating */
  readonly stars: Float32Array;
  /** films that the viewer does not want to see, ascending positions */
  readonly dismissed: Int32Array;
  /** everything that speaks for (above 0) or against (below 0) a film: stars, watches, clicks …, by the operator's weights */
  readonly preferences: Preferences;
}

/** Plain data, so that the core can store, check, version and ship it without code of the algorithm's. */
export type ModelPart = Float32Array | Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | number | string;
export type Model = Readonly<Record<string, ModelPart>>;

/** Why a film is in a list: because of a film of the viewer's (with its share of the score, 0 … 1), or a short sentence. */
export type Reason = { readonly film: Position; readonly share: number } | { readonly text: string };

export interface Training<S> {
  readonly settings: S;
  /** seeded: uniform in [0, 1) */
  readonly random: () => number;
  /** how many threads it may use, at least 1 */
  readonly threads: number;
  /** check it in every outer loop: `signal.throwIfAborted()` */
  readonly signal: AbortSignal;
  /** fraction 0 … 1 done, with a few words on what is being done */
  readonly progress: (fraction: number, what: string) => void;
}

/** One way to recommend. All functions are pure but for `out`; no I/O. */
export interface Algorithm<M extends Model = Model, S = unknown> {
  readonly id: string;
  readonly title: string;
  /** one sentence for operators */
  readonly description: string;
  train(data: TrainingData, training: Training<S>): M | Promise<M>;
  /** What serving a model needs beside it, made before it comes into service; without it, what the first call makes. */
  prepare?(model: M): Slices;
  /** Writes one score a position; NaN = no opinion. `out.length` may exceed the model's films: the rest stays NaN. */
  score(model: M, viewer: Viewer, out: Float32Array): void;
  /** The scores are the same for every viewer: those of a model are worked out once. */
  readonly impersonal?: true;
  /** Largest share first. `most`: more than so many will not be looked at. */
  explain?(model: M, viewer: Viewer, film: Position, most?: number): Reason[];
  /** How similar each film is to the given one; NaN = no opinion. */
  similar?(model: M, film: Position, out: Float32Array): void;
  /** Stars (0.5 … 5) that the viewer would give the film; undefined where it cannot say. */
  predict?(model: M, viewer: Viewer, film: Position): number | undefined;
  /**
   * A new model with the batch in it, without training anew: changed viewers' rows, films that are new. Leaves the given
   * model as it is. Called every few minutes in the worker, so its cost should follow the batch, or be linear at most.
   */
  update?(model: M, batch: Batch, settings: S): M | Promise<M>;
}

/** An algorithm whose types are known, as the core stores it among others. */
export type AnyAlgorithm = Algorithm<any, any>;
