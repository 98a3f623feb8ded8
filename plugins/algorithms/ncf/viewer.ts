import type { Viewer } from '../../../recommend/algorithm.ts';
import type { NeumfSamples } from '../../../math/kernels/neumf-scorer.ts';
import { climb, type Path } from './climb.ts';
import { fingerprint, type NcfModel } from './model.ts';
import { solveHalf, type Likes } from './least-squares.ts';
import { OTHERS, OWN, servingOf, type Serving } from './serving.ts';

/** Steps on the viewer's embedding in a request; a trained one lies near already. */
const FROM_TRAINED: Path = { steps: 6, rate: 0.03 };
const FROM_MEAN: Path = { steps: 12, rate: 0.1 };

/**
 * The embedding that fits the live history, for the network as it is. Where the history is the one that the viewer was
 * trained with, it is the trained embedding. Else, where the factorisation comes from least squares, its half of the embedding
 * is the solution of theirs, and the perceptron's half stays what it was: that ranks better than steps, and needs none.
 * Undefined where no film is known.
 */
export function embeddingOf(model: NcfModel, viewer: Viewer): Float32Array | undefined {
  const own = servingOf(model),
    { embedding, solver } = own,
    { films, weight } = viewer.preferences;
  if (!films.some((film) => model.audience[film]! > 0)) return undefined;
  const row = own.rowOf.get(viewer.unit);
  embedding.set(row === undefined ? model.mean : model.users.subarray(row * embedding.length, (row + 1) * embedding.length));
  if (row !== undefined && model.histories[row] === fingerprint(films, weight, model.audience)) return embedding;
  if (solver) solveHalf(solver, likesOf(model, viewer), embedding);
  else goUphill(model, viewer, own, row === undefined ? FROM_MEAN : FROM_TRAINED);
  return embedding;
}

const likesOf = ({ items, audience, columns }: NcfModel, { preferences: { films, weight } }: Viewer): Likes => ({
  embeddings: items,
  index: films.filter((film, i) => weight[i]! > 0 && audience[film]! > 0),
  of: columns,
});

/**
 * Some steps on the likelihood, from the trained embedding or from the mean: of what the viewer likes (1), dislikes (0), and of
 * other films (0), which change from step to step so that none is held back, and count as much together as the negatives do in
 * training.
 */
function goUphill(model: NcfModel, viewer: Viewer, own: Serving, path: Path): void {
  const { embedding, first, second, slope } = own,
    history = collect(model, viewer, own);
  first.fill(0);
  second.fill(0);
  for (let step = 0; step < path.steps; step++) {
    own.scorer.slope(embedding, withOthers(model, viewer, own, history, step / path.steps), slope);
    climb(own, path, step);
  }
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
