import { seeded } from '../../math/random.ts';
import { rowIndex, rowValues, sparseRows, type SparseRows } from '../../math/sparse.ts';
import { topK } from '../../math/top-k.ts';
import type { Metrics } from '../../core/models/registry.ts';
import type { AnyAlgorithm, Model, TrainingData, Viewer } from '../../core/recommend/algorithm.ts';

const share = 0.1,
  relevant = 4,
  listLength = 10,
  mostViewers = 500;
export interface HoldOut {
  readonly train: TrainingData;
  /** films to find again, by row of the training matrix */ readonly held: ReadonlyMap<number, readonly number[]>;
}

/** Splits by time over all viewers: the newest tenth of the ratings is held out. Where all are equally old, a seeded tenth is. */
export function holdOut({ films, units, ratings, age, preferences }: TrainingData): HoldOut {
  const random = seeded(1);
  const timed = age.some((days) => days > 0);
  const key = timed ? age : age.map(() => random());
  const cut = key.slice().sort()[Math.floor(key.length * share)] ?? 0;
  const row: number[] = [],
    column: number[] = [],
    value: number[] = [],
    days: number[] = [];
  const held = new Map<number, number[]>();
  for (let r = 0; r < ratings.rows; r++) {
    for (let e = ratings.start[r]!; e < ratings.start[r + 1]!; e++) {
      const film = ratings.index[e]!,
        stars = ratings.value[e]!;
      if (key[e]! >= cut) {
        row.push(r);
        column.push(film);
        value.push(stars);
        days.push(age[e]!);
      } else if (stars >= relevant) held.set(r, [...(held.get(r) ?? []), film]);
    }
  }
  const kept = sparseRows(ratings.rows, ratings.columns, {
    row: Int32Array.from(row),
    column: Int32Array.from(column),
    value: Float32Array.from(value),
  });
  const newest = days.reduce((least, d) => Math.min(least, d), Infinity);
  const ages = Float32Array.from(kept.order, (e) => days[e]! - (Number.isFinite(newest) ? newest : 0));
  return { train: { films, units, ratings: kept, age: ages, preferences: without(preferences, ratings, kept) }, held };
}

/** The preferences without what was held out, whatever else the viewer did with those films. */
function without(preferences: SparseRows, all: SparseRows, kept: SparseRows): SparseRows {
  const start = new Int32Array(preferences.rows + 1),
    index: number[] = [],
    value: number[] = [];
  for (let r = 0; r < preferences.rows; r++) {
    const left = new Set(rowIndex(kept, r)),
      gone = new Set(rowIndex(all, r).filter((film) => !left.has(film)));
    for (let e = preferences.start[r]!; e < preferences.start[r + 1]!; e++) {
      if (gone.has(preferences.index[e]!)) continue;
      index.push(preferences.index[e]!);
      value.push(preferences.value[e]!);
    }
    start[r + 1] = index.length;
  }
  return { ...preferences, start, index: Int32Array.from(index), value: Float32Array.from(value) };
}

/** Full ranking: each viewer's unseen films are all ranked, nothing is sampled but the viewers (at most 500, seeded). */
export function measure(algorithm: AnyAlgorithm, model: Model, { train, held }: HoldOut): Metrics {
  const viewers = chosen([...held.keys()].filter((row) => train.ratings.start[row + 1]! > train.ratings.start[row]!));
  const scores = new Float32Array(train.films.length),
    ten = new Int32Array(listLength);
  const shown = new Set<number>();
  let hits = 0,
    gain = 0;
  for (const row of viewers) {
    const viewer = viewerOfRow(train, row);
    scores.fill(Number.NaN);
    algorithm.score(model, viewer, scores);
    for (const film of viewer.films) scores[film] = Number.NaN;
    const list = ten.subarray(0, topK(scores, ten));
    for (const film of list) shown.add(film);
    const ndcg = ndcgOf(list, new Set(held.get(row)));
    gain += ndcg;
    if (ndcg > 0) hits++;
  }
  const n = viewers.length || 1;
  return { hitRate10: hits / n, ndcg10: gain / n, coverage10: shown.size / (train.films.length || 1), viewers: viewers.length };
}

/** DCG / ideal DCG with gains 1 and discounts 1 / log2(rank + 1). */
export function ndcgOf(list: ArrayLike<number>, wanted: ReadonlySet<number>): number {
  const discount = (rank: number): number => 1 / Math.log2(rank + 2);
  let dcg = 0,
    ideal = 0;
  for (let i = 0; i < list.length; i++) if (wanted.has(list[i]!)) dcg += discount(i);
  for (let i = 0; i < Math.min(wanted.size, listLength); i++) ideal += discount(i);
  return ideal > 0 ? dcg / ideal : 0;
}

/** The viewer whose history is a row of the training data. */
export const viewerOfRow = ({ ratings, preferences }: Pick<TrainingData, 'ratings' | 'preferences'>, row: number): Viewer => ({
  unit: -1,
  films: rowIndex(ratings, row).slice(),
  stars: rowValues(ratings, row).slice(),
  dismissed: new Int32Array(),
  preferences: { films: rowIndex(preferences, row).slice(), weight: rowValues(preferences, row).slice() },
});

function chosen(rows: number[]): number[] {
  const random = seeded(2);
  return rows
    .map((row) => ({ row, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, mostViewers)
    .map(({ row }) => row);
}
