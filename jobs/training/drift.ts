import type { Drift } from '../../recommend/models/metrics.ts';
import type { LoadedModel } from '../../recommend/models/stored.ts';
import type { AnyAlgorithm, Model, TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { seeded, shuffle } from '../../math/random.ts';
import { topK } from '../../math/top-k.ts';
import { viewerOfRow } from './measure.ts';

const most = 200,
  listed = 20,
  seed = 4;

/**
 * How much live folding-in and micro-batches had drifted from what training anew finds: the mean overlap of the twenty
 * best unseen films of up to 200 viewers, drawn with a fixed seed, by the model in service and by the new one, both with
 * the same whole histories. Undefined when no viewer gets a list from both.
 */
export function driftBetween(algorithm: AnyAlgorithm, before: LoadedModel, after: Model, data: TrainingData): Drift | undefined {
  const scores = new Float32Array(data.films.length);
  const listOf = (model: Model, viewer: Viewer): Int32Array => {
    scores.fill(Number.NaN);
    algorithm.score(model, viewer, scores);
    for (const film of viewer.films) scores[film] = Number.NaN;
    const list = new Int32Array(listed);
    return list.subarray(0, topK(scores, list));
  };
  const rows = shuffle([...data.units.keys()], seeded(seed)).slice(0, most);
  const overlaps: number[] = [];
  for (const row of rows) {
    const viewer = viewerOfRow(data, row);
    const old = listOf(before.model, viewer),
      now = new Set(listOf(after, viewer)),
      longest = Math.max(old.length, now.size);
    if (longest > 0) overlaps.push(old.filter((film) => now.has(film)).length / longest);
  }
  if (overlaps.length === 0) return undefined;
  const { version, revision } = before;
  return { overlap20: overlaps.reduce((sum, one) => sum + one, 0) / overlaps.length, viewers: overlaps.length, version, revision };
}
