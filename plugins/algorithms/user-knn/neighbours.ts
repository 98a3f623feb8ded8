import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import { forLast } from '../../../math/for-last.ts';
import { Postings } from '../../../math/kernels/postings.ts';
import { ScoreRoom } from '../../../math/kernels/score-room.ts';
import type { Slices } from '../../../math/slices.ts';
import { cell, norm } from '../../../math/sparse.ts';
import type { KnnModel } from './model.ts';

interface Neighbourhood {
  /** user rows, nearest first */
  readonly nearest: Int32Array;
  /** by user row; valid for the nearest */
  readonly similarity: Float32Array;
  /** Euclidean length of the viewer's preferences */
  readonly length: number;
  /** worked out when first needed */
  common?: Common;
}
/** What each neighbour thinks of the films that the viewer likes: of neighbour n the entries start[n] … start[n + 1] − 1. */
interface Common {
  readonly start: Int32Array;
  /** places among the viewer's preferences */
  readonly place: Int32Array;
  /** the viewer's preference times the neighbour's */
  readonly product: Float32Array;
}
interface Scratch {
  /** users by film */
  readonly users: Postings;
  /** users' dot products with the viewer's preferences, then similarities; and their lengths */
  readonly room: ScoreRoom;
  readonly similarity: Float32Array;
  readonly lengths: Float32Array;
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
  const { filmStart: start, filmUser: index, filmInterest: value, filmNorm, userNorm } = model,
    room = new ScoreRoom(userNorm.length),
    lengths = room.take();
  lengths.set(userNorm);
  return {
    users: new Postings({ rows: filmNorm.length, columns: userNorm.length, start, index, value }),
    room,
    similarity: room.take(),
    lengths,
    disliked: Float32Array.from(filmNorm, (_, film) => (start[film + 1]! > start[film]! ? 0 : NaN)),
  };
}

export const prepare = (model: KnnModel): Slices => scratchOf(model).users.prepare();

const neighbourhood = forLast((model: KnnModel, viewer: Viewer) => findNeighbours(model, viewer, scratchOf(model)));

/**
 * The viewers who agree most with the live history: dot product / (product of lengths + shrinkage). The viewer's own row,
 * as it was when the model was made, is passed over: it would be nearest of all, and knows nothing new.
 */
function findNeighbours(model: KnnModel, viewer: Viewer, { users, room, similarity, lengths }: Scratch): Neighbourhood {
  const { films, weight } = viewer.preferences,
    length = norm(weight);
  for (let i = 0; i < films.length; i++) if (films[i]! < users.weights.length) users.weights[films[i]!] = weight[i]!;
  users.sum(similarity);
  room.shrunkCosines(similarity, lengths, length, model.shrinkage);
  const own = model.units.indexOf(viewer.unit);
  if (own >= 0) similarity[own] = NaN;
  return { nearest: room.head(similarity, model.neighbours), similarity, length };
}

function commonInterests(model: KnnModel, { preferences: { films, weight } }: Viewer, nearest: Int32Array): Common {
  const { userStart, userFilm, userInterest } = model,
    start = new Int32Array(nearest.length + 1),
    place = new Int32Array(nearest.length * films.length),
    product = new Float32Array(place.length);
  let found = 0;
  for (let n = 0; n < nearest.length; n++) {
    let e = userStart[nearest[n]!]!;
    const end = userStart[nearest[n]! + 1]!;
    for (let i = 0; i < films.length && e < end; i++) {
      while (e < end && userFilm[e]! < films[i]!) e++;
      if (e === end || userFilm[e] !== films[i] || !(weight[i]! > 0)) continue;
      place[found] = i;
      product[found++] = weight[i]! * userInterest[e]!;
    }
    start[n + 1] = found;
  }
  return { start, place, product };
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
  const { start, place, product } = (found.common ??= commonInterests(model, viewer, nearest));
  const rows = sparse(model),
    { films } = viewer.preferences,
    parts = new Float64Array(films.length);
  for (let n = 0; n < nearest.length; n++) {
    const liking = cell(rows, nearest[n]!, film) / (length * model.userNorm[nearest[n]!]! + model.shrinkage);
    if (liking === 0) continue;
    for (let e = start[n]!; e < start[n + 1]!; e++) parts[place[e]!]! += liking * product[e]!;
  }
  const own = films.indexOf(film);
  if (own >= 0) parts[own] = 0;
  return parts;
}
