import type { FilmFacts } from '../recommend/algorithm.ts';
import type { Sql } from '../database/sql.ts';

/** A batch of ratings as columns: never one object a rating. */
export interface RatingBatch {
  readonly unit: Int32Array;
  readonly film: Int32Array;
  readonly stars: Float32Array;
  /** seconds since 1970 */
  readonly at: Float64Array;
}

/** Where training data comes from: the plugins that own the tables. */
export interface TrainingSource {
  /** all films in order of their ids, hidden ones too */
  films?(sql: Sql): Promise<FilmFacts[]>;
  /** in any order; one rating a unit and film */
  ratings?(sql: Sql): AsyncIterable<RatingBatch>;
}
