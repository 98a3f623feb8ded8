import type { Dense } from '../../../math/linear.ts';
import { kmeans } from '../../../math/kmeans.ts';
import { preferenceRows, usualScale } from '../../../math/preferences.ts';
import { seeded } from '../../../math/random.ts';
import { rowNorms, transpose, type SparseRows } from '../../../math/sparse.ts';
import { truncatedSvd } from '../../../math/truncated-svd.ts';
import { groupCount, groupSize, type Candidate, type Group } from './film.ts';
import { nameOf } from './name.ts';

/** Dimensions of taste that groups are formed in. */
const rank = 12;
const iterations = 3;

/**
 * Groups of films that the same viewers like. The first dimension says how well known a film is and not for whom it is,
 * so it is left out.
 * @param stars viewers × candidates
 */
export function groupsByTaste(films: readonly Candidate[], stars: SparseRows, seed: number): Group[] {
  const random = seeded(seed),
    places = directionsOf(stars, random);
  const { labels, centres } = kmeans(places, { clusters: groupCount, random });
  const clusters = Array.from({ length: centres.rows }, (_, cluster) => {
    const members = films.flatMap((film, at) => (labels[at] === cluster ? [{ film, weight: standing(film, places, at, centres, cluster) }] : []));
    return members.sort((a, b) => b.weight - a.weight || a.film.id - b.film.id).map(({ film }) => film);
  });
  const taken = new Set<string>();
  return clusters
    .filter((members) => members.length >= groupSize)
    .sort((a, b) => b.length - a.length)
    .map((members) => {
      const name = nameOf(members.slice(0, groupSize), films, taken);
      taken.add(name);
      return { name, films: members.slice(0, groupSize).map(({ id }) => id) };
    });
}

/** How well a film stands for its cluster: typical of it, and known to many. */
const standing = (film: Candidate, places: Dense, at: number, centres: Dense, cluster: number): number =>
  cosine(places, at, centres, cluster) * Math.log1p(film.ratings);

/** candidates × dimensions, rows of length 1: which way each film leans. */
function directionsOf(stars: SparseRows, random: () => number): Dense {
  const { right, values } = truncatedSvd(balanced(preferenceRows(stars, usualScale)), { rank, iterations, random, onRound() {} });
  const columns = Math.max(0, right.columns - 1),
    data = new Float64Array(right.rows * columns);
  for (let film = 0; film < right.rows; film++) {
    const place = values.subarray(1).map((value, k) => value * right.data[film * right.columns + k + 1]!),
      length = Math.hypot(...place) || 1;
    place.forEach((value, k) => (data[film * columns + k] = value / length));
  }
  return { rows: right.rows, columns, data };
}

/** Neither busy viewers nor often rated films fill the dimensions. */
function balanced(matrix: SparseRows): SparseRows {
  const row = rowNorms(matrix),
    column = rowNorms(transpose(matrix)),
    value = matrix.value.slice();
  for (let r = 0; r < matrix.rows; r++) {
    for (let e = matrix.start[r]!; e < matrix.start[r + 1]!; e++) value[e]! /= Math.sqrt(row[r]! * column[matrix.index[e]!]!) || 1;
  }
  return { ...matrix, value };
}

function cosine(a: Dense, i: number, b: Dense, j: number): number {
  let product = 0,
    squares = 0;
  for (let k = 0; k < a.columns; k++) {
    product += a.data[i * a.columns + k]! * b.data[j * b.columns + k]!;
    squares += b.data[j * b.columns + k]! ** 2;
  }
  return squares > 0 ? product / Math.sqrt(squares) : 0;
}
