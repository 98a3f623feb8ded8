import type { FilmFacts } from '../algorithm.ts';
import type { Sql } from '../../core/database/sql.ts';

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
  /** in any order; one rating a unit and film. `units`: only theirs, for a micro-batch */
  ratings?(sql: Sql, units?: Int32Array): AsyncIterable<RatingBatch>;
  /**
   * Units whose history changed, deletions included, in transactions that `snapshot` (a pg_snapshot) does not see: those
   * that committed after it was taken, even if they began before. In no order; units that are gone may be among them.
   */
  changedSince?(sql: Sql, snapshot: string): Promise<Int32Array>;
}
