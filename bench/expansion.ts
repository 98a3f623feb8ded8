import type { FilmFacts, TrainingData } from '../recommend/algorithm.ts';
import { preferenceRows, usualScale } from '../math/preferences.ts';
import { seeded } from '../math/random.ts';
import type { SparseRows } from '../math/sparse.ts';

/** Days over which the made-up ratings are spread. */
const PERIOD = 1000;
/** Room for stars beside a film in one whole number, so that both are sorted at once. */
const ROOM = 16;

/**
 * A larger matrix with the shape of the given one, seeded: each viewer comes `copies` times, and each film is divided into
 * enough films for `films` in all, of which every viewer keeps one; the first of them gets most ratings, the last least.
 */
export function expand(matrix: SparseRows, copies: number, films: number): SparseRows {
  const next = seeded(3),
    total = matrix.index.length * copies,
    start = new Int32Array(matrix.rows * copies + 1),
    packed = new Int32Array(total);
  for (let row = 0, at = 0; row < matrix.rows * copies; row++) {
    const base = row % matrix.rows,
      from = at;
    for (let e = matrix.start[base]!; e < matrix.start[base + 1]!; e++)
      packed[at++] = ROOM * divided(matrix.index[e]!, matrix.columns, films, next()) + 2 * matrix.value[e]!;
    packed.subarray(from, at).sort();
    start[row + 1] = at;
  }
  const value = new Float32Array(total);
  for (let e = 0; e < total; e++) {
    value[e] = (packed[e]! % ROOM) / 2;
    packed[e] = Math.trunc(packed[e]! / ROOM);
  }
  return { rows: matrix.rows * copies, columns: films, start, index: packed, value };
}

/** One of the films that a film was divided into: the kth with a probability of log(1 + 1 / k), up to a factor. */
function divided(film: number, columns: number, films: number, random: number): number {
  const parts = Math.ceil((films - film) / columns);
  return film + columns * (Math.floor((parts + 1) ** random) - 1);
}

const genres = ['Action', 'Animation', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Fantasy', 'Horror', 'Musical', 'Romance', 'Thriller', 'War'];

/** Films with made-up features, seeded: few words stand in many films, most in few, as in a language. */
export function madeUpFilms(count: number): FilmFacts[] {
  const next = seeded(4),
    some = (how: number, kind: string, of: number): string[] => Array.from({ length: how }, () => kind + Math.floor(of ** next()));
  return Array.from({ length: count }, (_, film) => ({
    id: film + 1,
    title: `Film ${film + 1}`,
    year: 1930 + Math.floor(95 * next()),
    genres: [...new Set(Array.from({ length: 2 }, () => genres[Math.floor(next() * genres.length)]!))],
    keywords: some(6, 'keyword ', 10_000),
    directors: some(1, 'director ', 20_000),
    cast: some(5, 'actor ', 60_000),
    plot: some(35, 'word', 30_000).join(' '),
  }));
}

/** What an algorithm trains on, made of a matrix of stars. */
export function trainingDataOf(ratings: SparseRows): TrainingData {
  const next = seeded(5);
  return {
    films: madeUpFilms(ratings.columns),
    units: Int32Array.from({ length: ratings.rows }, (_, row) => row + 1),
    ratings,
    age: Float32Array.from(ratings.value, () => PERIOD * next()),
    preferences: preferenceRows(ratings, usualScale),
  };
}
