import type { Logger } from '../../core/log.ts';
import type { TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { comparable, scoreAll, scoresOf, type Scorer, type Scores } from '../../recommend/2-score.ts';
import { ScoreRoom } from '../../math/kernels/score-room.ts';
import { seeded, shuffle } from '../../math/random.ts';
import { rowIndex, rowValues } from '../../math/sparse.ts';
import { topK } from '../../math/top-k.ts';
import { viewerOfRow, type HoldOut } from '../training/measure.ts';
import type { Sample } from './task.ts';

export interface Collecting {
  /** at most so many viewers, seeded */
  readonly viewers: number;
  /** how many ratings of the nth viewer's history are known, the others are forgotten as if the viewer had just come; undefined: all */
  readonly known: (n: number) => number | undefined;
  readonly log: Logger;
  readonly onViewer: (fraction: number) => void;
}
/** Of each algorithm's ranking so many films are looked at: a film below all of them does not reach anybody's ten. */
const depth = 200;

/** What each algorithm says about the films that a viewer may get, for viewers with something held out. */
export function collectSamples(scorers: readonly Scorer[], { train, held }: HoldOut, { viewers, known, log, onViewer }: Collecting): Sample[] {
  const rows = shuffle(
    [...held.keys()].filter((row) => rowIndex(train.ratings, row).length > 0),
    seeded(3),
  ).slice(0, viewers);
  const weights = Object.fromEntries(scorers.map(({ algorithm }) => [algorithm.id, 1]));
  const room = new ScoreRoom(train.films.length);
  return rows.map((row, i) => {
    onViewer(i / rows.length);
    const viewer = viewerKnowing(train, row, known(i));
    const scores = scoreAll(scorers, { weights, normalisation: 'standard' }, room, scoresOf(viewer), log);
    const seen = new Set(rowIndex(train.ratings, row));
    const sample = sampleOf(scorers, new Map(scores.map((one) => [one.scorer, one])), seen, held.get(row)!);
    for (const { values } of scores) room.give(values);
    return sample;
  });
}

function sampleOf(scorers: readonly Scorer[], said: ReadonlyMap<Scorer, Scores>, seen: ReadonlySet<number>, held: readonly number[]): Sample {
  const chosen = new Set<number>(),
    best = new Int32Array(depth);
  for (const { values } of said.values()) {
    const found = topK(values, best, (film) => !seen.has(film));
    for (const film of best.subarray(0, found)) chosen.add(film);
  }
  const films = Int32Array.from(chosen).sort(),
    scores = new Float32Array(scorers.length * films.length),
    wanted = new Set(held);
  scorers.forEach((scorer, a) => {
    const one = said.get(scorer);
    if (one) films.forEach((film, i) => (scores[a * films.length + i] = comparable(one, film) || 0));
  });
  return { scores, films, wanted: Uint8Array.from(films, (film) => Number(wanted.has(film))), held: held.length };
}

/** The viewer as it was after a few ratings: which ones, the row's number decides. */
function viewerKnowing(train: TrainingData, row: number, known: number | undefined): Viewer {
  if (known === undefined) return viewerOfRow(train, row);
  const films = rowIndex(train.ratings, row),
    kept = new Set(shuffle(Array.from(films), seeded(row)).slice(0, known));
  const only = (index: Int32Array, value: Float32Array): [Int32Array, Float32Array] => [
    index.filter((film) => kept.has(film)),
    value.filter((_, i) => kept.has(index[i]!)),
  ];
  const [own, stars] = only(films, rowValues(train.ratings, row));
  const [liked, weight] = only(rowIndex(train.preferences, row), rowValues(train.preferences, row));
  return { unit: -1, films: own, stars, dismissed: new Int32Array(), preferences: { films: liked, weight } };
}
