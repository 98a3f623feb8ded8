import type { TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { topK } from '../../math/top-k.ts';
import { accuracyAt, accuracyOf, rankAmong, type Accuracy } from './metrics/ranking.ts';
import { bootstrap, coverageOf, meanOf, type Estimate, type Statistic } from './metrics/bootstrap.ts';
import { distribution, diversity, genresOf, meanOver, miscalibration, selfInformation } from './metrics/lists.ts';
import { viewerOfRow } from './viewer.ts';

/** What is known, and what must be found again. */
export interface RankingSplit {
  readonly train: TrainingData;
  /** what viewers have done by the time they are asked, rows as in `train`; without it, that */
  readonly live?: TrainingData;
  /** films to find again, by row of the training matrix */
  readonly held: ReadonlyMap<number, readonly number[]>;
  /** the films that the one held out is ranked among, by row; without it, all films that the viewer does not know */
  readonly against?: ReadonlyMap<number, Int32Array>;
}

/** Writes one score a film; NaN = no opinion. */
export type Score = (viewer: Viewer, out: Float32Array) => void;

/** One number a viewer, of which the mean is taken. */
const means = ['hitRate', 'ndcg', 'recall', 'precision', 'mrr', 'novelty', 'diversity', 'miscalibration'] as const;
type Mean = (typeof means)[number];
export type RankingMetric = Mean | 'coverage';

export const listLength = 10;

/** The rows that can be measured: something is held out, and something is known. */
export const measurable = ({ train: { ratings }, held }: RankingSplit): number[] =>
  [...held.keys()].filter((row) => ratings.start[row + 1]! > ratings.start[row]!);

/**
 * Ranks for each viewer and measures, at ten. Coverage, novelty, diversity and miscalibration are always of the ten best of
 * all films that the viewer does not know, as a site would show them.
 * @param seed of the intervals
 */
export function measureRanking(
  split: RankingSplit,
  score: Score,
  { rows, seed, onViewer = () => {} }: { readonly rows: readonly number[]; readonly seed: number; readonly onViewer?: (fraction: number) => void },
): Record<RankingMetric, Estimate> {
  const { train, live = train } = split,
    scores = new Float32Array(train.films.length),
    ten = new Int32Array(listLength),
    looks = looksOf(train),
    lists: Int32Array[] = [];
  const columns = Object.fromEntries(means.map((name) => [name, new Float64Array(rows.length)])) as Record<Mean, Float64Array>;
  rows.forEach((row, place) => {
    const viewer = viewerOfRow(live, row);
    score(viewer, scores.fill(NaN));
    for (const film of viewer.films) scores[film] = NaN;
    const list = ten.slice(0, topK(scores, ten));
    lists.push(list);
    const found: Record<Mean, number> = { ...accuracyFor(split, row, scores, list), ...looks(viewer, list) };
    for (const name of means) columns[name][place] = found[name];
    onViewer((place + 1) / rows.length);
  });
  const statistics = Object.fromEntries(means.map((name) => [name, meanOf(columns[name])])) as Record<Mean, Statistic>;
  return bootstrap(rows.length, { ...statistics, coverage: coverageOf(lists, train.films.length) }, seed);
}

function accuracyFor({ held, against }: RankingSplit, row: number, scores: Float32Array, list: Int32Array): Accuracy {
  const wanted = held.get(row)!;
  if (against) return accuracyAt(rankAmong(scores, wanted[0]!, against.get(row)!), listLength);
  return accuracyOf(list, new Set(wanted), listLength);
}

/** What a list is like, beyond being right. */
function looksOf({ films, ratings }: TrainingData) {
  const genres = genresOf(films),
    counts = new Int32Array(films.length);
  for (const film of ratings.index) counts[film]!++;
  const surprise = selfInformation(counts);
  return (viewer: Viewer, list: Int32Array) => ({
    novelty: meanOver(list, surprise),
    diversity: diversity(list, genres),
    miscalibration: miscalibration(distribution(viewer.films, genres), distribution(list, genres)),
  });
}
