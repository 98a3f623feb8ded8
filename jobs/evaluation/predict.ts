import { rowIndex, rowValues, type SparseRows } from '../../math/sparse.ts';
import { bootstrap, ratioOf, type Estimate, type Statistic } from './metrics/bootstrap.ts';
import type { Trained } from './contestants.ts';
import type { Fold } from './protocols/rating.ts';
import { viewerOfRow } from './viewer.ts';

export type RatingMetric = 'rmse' | 'mae' | 'answered';

/**
 * Errors of foretold stars, summed by viewer over all folds, so that a resample of viewers takes all that is theirs.
 * Root mean square error, mean absolute error, and the share of ratings that the algorithm itself foretold: for the others
 * the mean of all known stars stands in. What is foretold is cut to the scale that the known stars span.
 */
export class Errors {
  readonly #squares: Float64Array;
  readonly #absolutes: Float64Array;
  readonly #answers: Float64Array;
  readonly #counts: Float64Array;

  constructor(viewers: number) {
    this.#squares = new Float64Array(viewers);
    this.#absolutes = new Float64Array(viewers);
    this.#answers = new Float64Array(viewers);
    this.#counts = new Float64Array(viewers);
  }

  add({ train, test }: Fold, { algorithm, model }: Trained): void {
    const scale = scaleOf(train.ratings);
    for (let row = 0; row < test.rows; row++) {
      const films = rowIndex(test, row),
        stars = rowValues(test, row);
      if (films.length === 0) continue;
      const viewer = viewerOfRow(train, row);
      films.forEach((film, i) => this.#one(row, stars[i]!, algorithm.predict!(model, viewer, film), scale));
    }
  }

  #one(row: number, stars: number, foretold: number | undefined, { mean, least, most }: Scale): void {
    const error = Math.min(most, Math.max(least, foretold ?? mean)) - stars;
    this.#squares[row]! += error * error;
    this.#absolutes[row]! += Math.abs(error);
    this.#answers[row]! += foretold === undefined ? 0 : 1;
    this.#counts[row]! += 1;
  }

  /** @param seed of the intervals */
  estimate(seed: number): Record<RatingMetric, Estimate> {
    const over = (sums: Float64Array): Statistic => ratioOf(sums, this.#counts),
      meanSquare = over(this.#squares);
    return bootstrap(
      this.#counts.length,
      { rmse: (times) => Math.sqrt(meanSquare(times)), mae: over(this.#absolutes), answered: over(this.#answers) },
      seed,
    );
  }
}

interface Scale {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}
function scaleOf({ value }: SparseRows): Scale {
  let sum = 0,
    least = Infinity,
    most = -Infinity;
  for (const stars of value) {
    sum += stars;
    least = Math.min(least, stars);
    most = Math.max(most, stars);
  }
  return { mean: sum / value.length, least, most };
}
