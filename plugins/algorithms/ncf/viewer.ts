import type { Viewer } from '../../../core/recommend/algorithm.ts';
import type { NcfModel } from './model.ts';
import { OWN, servingOf, type Serving } from './serving.ts';

/** Steps on the viewer's embedding in a request, and the size of the first; they shrink to nothing. Adam, as in training. */
const STEPS = 16;
const RATE = 0.05;
const BETA1 = 0.9;
const BETA2 = 0.99;
const EPSILON = 1e-8;

/**
 * The embedding that fits the live history, for the network as it is: from the trained one, where the viewer is known, or
 * from the mean, a few steps uphill on the likelihood of what the viewer likes (1), dislikes (0), and of films that stand
 * for all the others (0), which count as much together as the negatives do in training. Undefined where no film is known.
 */
export function embeddingOf(model: NcfModel, viewer: Viewer): Float32Array | undefined {
  const own = servingOf(model);
  const count = collect(model, viewer, own);
  if (count === 0) return undefined;
  const { embedding, slope, first, second, index, label, weight } = own;
  const row = own.rowOf.get(viewer.unit);
  embedding.set(row === undefined ? model.mean : model.users.subarray(row * embedding.length, (row + 1) * embedding.length));
  first.fill(0);
  second.fill(0);
  const samples = { index: index.subarray(0, count), label: label.subarray(0, count), weight: weight.subarray(0, count) };
  for (let step = 1; step <= STEPS; step++) {
    own.scorer.slope(embedding, samples, slope);
    climb(own, step);
  }
  return embedding;
}

/** One step of Adam, with the corrections of its moments for their start at 0. */
function climb({ embedding, slope, first, second }: Serving, step: number): void {
  const rate = (RATE * (1 - (step - 1) / STEPS)) / (1 - BETA1 ** step);
  const scale = 1 / (1 - BETA2 ** step);
  for (let k = 0; k < embedding.length; k++) {
    first[k] = BETA1 * first[k]! + (1 - BETA1) * slope[k]!;
    second[k] = BETA2 * second[k]! + (1 - BETA2) * slope[k]! ** 2;
    embedding[k]! += (rate * first[k]!) / (Math.sqrt(second[k]! * scale) + EPSILON);
  }
}

/** The viewer's samples: of a long history evenly spread ones. Gives their number: 0 where the model knows no film of it. */
function collect(model: NcfModel, { preferences }: Viewer, { index, label, weight, others }: Serving): number {
  const known = preferences.films.reduce((sum, film) => sum + (model.audience[film]! > 0 ? 1 : 0), 0);
  const share = Math.min(1, OWN / known);
  let [count, seen, liked] = [0, 0, 0];
  preferences.films.forEach((film, i) => {
    if (!(model.audience[film]! > 0)) return;
    if (preferences.weight[i]! > 0) liked++;
    if (Math.floor(++seen * share) === Math.floor((seen - 1) * share)) return;
    index[count] = film;
    label[count] = preferences.weight[i]! > 0 ? 1 : 0;
    weight[count++] = 1 / share;
  });
  return count === 0 ? 0 : addOthers(model, { index, label, weight, others }, preferences.films, count, liked);
}

function addOthers(
  model: NcfModel,
  { index, label, weight, others }: Pick<Serving, 'index' | 'label' | 'weight' | 'others'>,
  own: Int32Array,
  from: number,
  liked: number,
): number {
  let count = from;
  let next = 0;
  for (const film of others) {
    while (next < own.length && own[next]! < film) next++;
    if (own[next] !== film) index[count++] = film;
  }
  label.fill(0, from, count);
  weight.fill((model.negatives * liked) / Math.max(1, count - from), from, count);
  return count;
}
