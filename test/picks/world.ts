import type { Candidate } from '../../plugins/picks/groups/film.ts';
import { sparseRows, type SparseRows } from '../../math/sparse.ts';
import { seeded } from '../../math/random.ts';

export const tastes = ['Horror', 'Musical', 'Western', 'Sci-Fi', 'Romance', 'War'];
const filmsATaste = 10,
  viewersATaste = 40;

/** Films with the ids 101 …, ten of each taste in turns; the first ones are rated most. */
export const films: readonly Candidate[] = Array.from({ length: tastes.length * filmsATaste }, (_, at) => ({
  id: 101 + at,
  year: 1950 + at,
  genres: [tastes[at % tastes.length]!],
  keywords: [],
  ratings: 200 - at,
}));
export const tasteOf = (id: number): string => films[id - 101]!.genres[0]!;

/** Viewers who give five stars to most films of their taste, and now and then two to another. */
export function stars(): SparseRows {
  const random = seeded(3),
    row: number[] = [],
    column: number[] = [],
    value: number[] = [];
  for (let viewer = 0; viewer < tastes.length * viewersATaste; viewer++) {
    films.forEach((_, film) => {
      const own = film % tastes.length === viewer % tastes.length;
      if (random() > (own ? 0.8 : 0.1)) return;
      row.push(viewer);
      column.push(film);
      value.push(own ? 5 : 2);
    });
  }
  return sparseRows(tastes.length * viewersATaste, films.length, {
    row: Int32Array.from(row),
    column: Int32Array.from(column),
    value: Float32Array.from(value),
  });
}
