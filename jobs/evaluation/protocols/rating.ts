import type { TrainingData } from '../../../recommend/algorithm.ts';
import { seeded, shuffle } from '../../../math/random.ts';
import type { SparseRows } from '../../../math/sparse.ts';
import { pick, trainingData, type DataSet, type Preferring } from '../data-set.ts';

export interface Fold {
  readonly train: TrainingData;
  /** viewers × films: the stars to foretell */
  readonly test: SparseRows;
}

const count = 5;

/** 5-fold cross-validation: seeded folds of equal size over all ratings, each foretold from the others. */
export function* folds(set: DataSet, preferring: Preferring, seed: number): Generator<Fold> {
  const order = shuffle(Int32Array.from(set.ratings.index.keys()), seeded(seed)),
    foldOf = new Uint8Array(order.length);
  order.forEach((entry, i) => (foldOf[entry] = i % count));
  for (let fold = 0; fold < count; fold++) {
    const known = pick(set, (entry) => foldOf[entry] !== fold);
    yield { train: trainingData(set, known, preferring), test: pick(set, (entry) => foldOf[entry] === fold).ratings };
  }
}
