import type { Viewer } from '../../../recommend/algorithm.ts';
import type { NeumfSamples } from '../../../math/kernels/neumf-scorer.ts';
import { climb, type Path } from './climb.ts';
import { fingerprint, type NcfModel } from './model.ts';
import { OTHERS, OWN, servingOf, type Serving } from './serving.ts';

/** Steps on the viewer's embedding in a request; a trained one lies near already. */
const FROM_TRAINED: Path = { steps: 6, rate: 0.03 };
const FROM_MEAN: Path = { steps: 12, rate: 0.1 };

/**
 * The embedding that fits the live history, for the network as it is. Where the history is the one that the viewer was
 * trained with, it is the trained embedding. Else some steps uphill on the likelihood, from the trained embedding or from
 * the mean: of what the viewer likes (1), dislikes (0), and of other films (0), which change from step to step so that none
 * is held back, and count as much together as the negatives do in training. Undefined where no film is known.
 */
export function embeddingOf(model: NcfModel, viewer: Viewer): Float32Array | undefined {
  const own = servingOf(model);
  const history = collect(model, viewer, own);
  if (history.count === 0) return undefined;
  const { embedding, first, second, slope } = own;
  const row = own.rowOf.get(viewer.unit);
  embedding.set(row === undefined ? model.mean : model.users.subarray(row * embedding.length, (row + 1) * embedding.length));
  if (row !== undefined && model.histories[row] === fingerprint(viewer.preferences.films, viewer.preferences.weight, model.audience))
    return embedding;
  first.fill(0);
  second.fill(0);
  const path = row === undefined ? FROM_MEAN : FROM_TRAINED;
  for (let step = 0; step < path.steps; step++) {
    own.scorer.slope(embedding, withOthers(model, viewer, own, history, step / path.steps), slope);
    climb(own, path, step);
  }
  return embedding;
}

interface History {
  /** samples in `Serving.index` … */
  readonly count: number;
  /** films that the viewer likes */
  readonly liked: number;
}

/** The films of the viewer that the model knows, as samples; of a long history evenly spread ones, which count for the rest. */
function collect(model: NcfModel, { preferences: { films, weight } }: Viewer, samples: Serving): History {
  const known = films.reduce((sum, film) => sum + (model.audience[film]! > 0 ? 1 : 0), 0);
  const share = Math.min(1, OWN / known);
  let [count, seen, liked] = [0, 0, 0];
  films.forEach((film, i) => {
    if (!(model.audience[film]! > 0)) return;
    const likes = weight[i]! > 0;
    if (likes) liked++;
    if (Math.floor(++seen * share) === Math.floor((seen - 1) * share)) return;
    samples.index[count] = film;
    samples.label[count] = likes ? 1 : 0;
    samples.weight[count++] = 1 / share;
  });
  return { count, liked };
}

/** All samples of a step, of which a share of the way is done. */
function withOthers(model: NcfModel, { preferences: { films } }: Viewer, own: Serving, { count: from, liked }: History, done: number): NeumfSamples {
  const { index, label, weight, known } = own;
  const size = Math.min(OTHERS, known.length);
  let count = from;
  let next = 0;
  for (let i = 0; i < size; i++) {
    const film = known[Math.floor(((i + done) * known.length) / size)]!;
    while (next < films.length && films[next]! < film) next++;
    if (films[next] !== film) index[count++] = film;
  }
  label.fill(0, from, count);
  weight.fill((model.negatives * liked) / (count - from), from, count);
  return { index: index.subarray(0, count), label: label.subarray(0, count), weight: weight.subarray(0, count) };
}
