import type { TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { rowIndex, rowValues } from '../../math/sparse.ts';

/** The viewer whose history is a row of the training data. */
export const viewerOfRow = ({ units, ratings, preferences }: Pick<TrainingData, 'units' | 'ratings' | 'preferences'>, row: number): Viewer => ({
  unit: units[row]!,
  films: rowIndex(ratings, row).slice(),
  stars: rowValues(ratings, row).slice(),
  dismissed: new Int32Array(),
  preferences: { films: rowIndex(preferences, row).slice(), weight: rowValues(preferences, row).slice() },
});
