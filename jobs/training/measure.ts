import type { Metrics } from '../../recommend/models/registry.ts';
import type { AnyAlgorithm, Model, TrainingData } from '../../recommend/algorithm.ts';
import { seeded, shuffle } from '../../math/random.ts';
import { picked, rowIndex, type SparseRows } from '../../math/sparse.ts';
import { newestTenth } from '../evaluation/protocols/temporal.ts';
import { measurable, measureRanking, type RankingSplit, type Score } from '../evaluation/rank.ts';

export { viewerOfRow } from '../evaluation/viewer.ts';

export type HoldOut = Pick<RankingSplit, 'train' | 'held'>;

const mostViewers = 500,
  splitSeed = 1,
  viewerSeed = 2,
  intervalSeed = 3;

/** Splits by time over all viewers: the newest tenth of the ratings is held out. Where all are equally old, a seeded tenth is. */
export function holdOut({ films, units, ratings, age, preferences }: TrainingData): HoldOut {
  const random = seeded(splitSeed);
  const { known, held } = newestTenth({ ratings, age }, age.some((days) => days > 0) ? age : age.map(() => random()));
  const newest = known.age.reduce((least, days) => Math.min(least, days), Infinity);
  return {
    train: {
      films,
      units,
      ratings: known.ratings,
      age: known.age.map((days) => days - newest),
      preferences: without(preferences, ratings, known.ratings),
    },
    held,
  };
}

/** The preferences without what was held out, whatever else the viewer did with those films. */
function without(preferences: SparseRows, all: SparseRows, kept: SparseRows): SparseRows {
  const start = new Int32Array(preferences.rows + 1),
    stays = new Uint8Array(preferences.index.length).fill(1),
    // Whose film was held out, by film: rows come one after the other, so that nothing has to be cleared.
    gone = new Int32Array(preferences.columns).fill(-1);
  for (let r = 0; r < preferences.rows; r++) {
    for (const film of rowIndex(all, r)) gone[film] = r;
    for (const film of rowIndex(kept, r)) gone[film] = -1;
    let count = 0;
    for (let e = preferences.start[r]!; e < preferences.start[r + 1]!; e++) count += stays[e] = Number(gone[preferences.index[e]!] !== r);
    start[r + 1] = start[r]! + count;
  }
  const entry = (_: number, e: number): boolean => stays[e] === 1;
  return { ...preferences, start, index: picked(preferences.index, entry), value: picked(preferences.value, entry) };
}

/** Full ranking: each viewer's unseen films are all ranked, nothing is sampled but the viewers (at most 500, seeded). */
export function measure(algorithm: AnyAlgorithm, model: Model, split: HoldOut): Metrics {
  const rows = shuffle(measurable(split), seeded(viewerSeed)).slice(0, mostViewers);
  const known = new Uint8Array(split.train.films.length);
  const score: Score = (viewer, out) => {
    algorithm.score(model, viewer, out);
    for (let film = 0; film < known.length; film++) if (Number.isFinite(out[film]!)) known[film] = 1;
  };
  const { hitRate, ndcg, recall, mrr, coverage, novelty } = measureRanking(split, score, { rows, seed: intervalSeed });
  return {
    viewers: rows.length,
    scored: known.reduce((sum, one) => sum + one, 0),
    hitRate10: stored(hitRate.value),
    ndcg10: stored(ndcg.value),
    ndcg10Low: stored(ndcg.low),
    ndcg10High: stored(ndcg.high),
    recall10: stored(recall.value),
    mrr10: stored(mrr.value),
    coverage10: stored(coverage.value),
    novelty10: stored(novelty.value),
  };
}

/** Without viewers there is nothing to measure, and JSON has no NaN. */
const stored = (value: number): number => (Number.isNaN(value) ? 0 : value);
