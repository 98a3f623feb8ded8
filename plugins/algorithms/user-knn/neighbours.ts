import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import { forLast } from '../../../math/for-last.ts';
import { Postings } from '../../../math/kernels/postings.ts';
import type { Slices } from '../../../math/slices.ts';
import { cell, norm } from '../../../math/sparse.ts';
import { topK } from '../../../math/top-k.ts';
import type { KnnModel } from './model.ts';

interface Neighbourhood {
  /** user rows, nearest first */
  readonly nearest: Int32Array;
  /** by user row; valid for the nearest */
  readonly similarity: Float32Array;
  /** Euclidean length of the viewer's preferences */
  readonly length: number;
  /** neighbours × the viewer's films: what each neighbour thinks of them; worked out when first needed */
  common?: Float32Array;
}
interface Scratch {
  readonly nearest: Int32Array;
  readonly similarity: Float32Array;
  /** users by film */
  readonly users: Postings;
  /** the scores of a viewer whose neighbours know no film: 0, or NaN for films without ratings */
  readonly disliked: Float32Array;
}

/** Reused by all requests that a model serves: scoring is synchronous, so nobody else is writing. */
const scratch = new WeakMap<KnnModel, Scratch>();

function scratchOf(model: KnnModel): Scratch {
  let arrays = scratch.get(model);
  if (!arrays) {
    arrays = make(model);
    scratch.set(model, arrays);
  }
  return arrays;
}

function make(model: KnnModel): Scratch {
  const { filmStart: start, filmUser: index, filmInterest: value, filmNorm, userNorm } = model;
  return {
    nearest: new Int32Array(model.neighbours),
    similarity: new Float32Array(userNorm.length),
    users: new Postings({ rows: filmNorm.length, columns: userNorm.length, start, index, value }),
    disliked: Float32Array.from(filmNorm, (_, film) => (start[film + 1]! > start[film]! ? 0 : NaN)),
  };
}

export const prepare = (model: KnnModel): Slices => scratchOf(model).users.prepare();

const neighbourhood = forLast((model: KnnModel, viewer: Viewer) => findNeighbours(model, viewer, scratchOf(model)));

/**
 * The viewers who agree most with the live history: dot product / (product of lengths + shrinkage). The viewer's own row,
 * as it was when the model was made, is passed over: it would be nearest of all, and knows nothing new.
 */
function findNeighbours(model: KnnModel, viewer: Viewer, { nearest: places, similarity, users }: Scratch): Neighbourhood {
  const { films, weight } = viewer.preferences,
    length = norm(weight);
  for (let i = 0; i < films.length; i++) if (films[i]! < users.weights.length) users.weights[films[i]!] = weight[i]!;
  users.sum(similarity);
  for (let user = 0; user < similarity.length; user++) {
    const dot = similarity[user]!;
    similarity[user] = dot > 0 ? dot / (length * model.userNorm[user]! + model.shrinkage) : NaN;
  }
  const own = model.units.indexOf(viewer.unit);
  if (own >= 0) similarity[own] = NaN;
  const nearest = places.subarray(0, topK(similarity, places));
  return { nearest, similarity, length };
}

function commonInterests(model: KnnModel, { preferences: { films } }: Viewer, nearest: Int32Array): Float32Array {
  const { userStart, userFilm, userInterest } = model,
    common = new Float32Array(nearest.length * films.length);
  nearest.forEach((user, n) => {
    let e = userStart[user]!;
    for (let i = 0; i < films.length; i++) {
      while (e < userStart[user + 1]! && userFilm[e]! < films[i]!) e++;
      if (e < userStart[user + 1]! && userFilm[e] === films[i]) common[n * films.length + i] = userInterest[e]!;
    }
  });
  return common;
}

const sparse = ({ userStart, userFilm, userInterest }: KnnModel) => ({ start: userStart, index: userFilm, value: userInterest });

/** Sum over the neighbours of similarity × interest: 0 for rated films that no neighbour knows, NaN for films without ratings. */
export function score(model: KnnModel, viewer: Viewer, out: Float32Array): void {
  const { nearest, similarity } = neighbourhood(model, viewer);
  if (nearest.length === 0) return void out.fill(NaN);
  const { userStart, userFilm, userInterest, filmNorm } = model;
  out.set(scratchOf(model).disliked);
  out.fill(NaN, filmNorm.length);
  for (const user of nearest) {
    for (let e = userStart[user]!; e < userStart[user + 1]!; e++) out[userFilm[e]!]! += similarity[user]! * userInterest[e]!;
  }
}

/** How much of a film's score came through each film that the viewer likes, parallel to the preferences. */
export function contributions(model: KnnModel, viewer: Viewer, film: Position): Float64Array {
  const found = neighbourhood(model, viewer),
    { nearest, length } = found;
  const common = (found.common ??= commonInterests(model, viewer, nearest));
  const rows = sparse(model),
    { films, weight } = viewer.preferences,
    parts = new Float64Array(films.length);
  nearest.forEach((user, n) => {
    const liking = cell(rows, user, film) / (length * model.userNorm[user]! + model.shrinkage);
    if (liking === 0) return;
    for (let i = 0; i < films.length; i++) {
      if (films[i] !== film && weight[i]! > 0) parts[i]! += liking * weight[i]! * common[n * films.length + i]!;
    }
  });
  return parts;
}
