import type { FilmFacts } from '../../../core/recommend/algorithm.ts';
import { norm, sparseRows, type SparseRows } from '../../../math/sparse.ts';
import { words } from './words.ts';

/** The terms of a film, by field; a term may come more than once. */
export const fields = {
  genres: (film: FilmFacts) => film.genres,
  keywords: (film: FilmFacts) => film.keywords,
  directors: (film: FilmFacts) => film.directors,
  cast: (film: FilmFacts) => film.cast,
  plot: (film: FilmFacts) => words(film.plot),
} as const;
export type Field = keyof typeof fields;

interface Cells {
  readonly row: number[];
  readonly column: number[];
  readonly value: number[];
  columns: number;
}

/**
 * TF-IDF of every film over the terms of all fields. Each field has a fixed length, the root of its part of the
 * weights, whatever the number of its terms: the dot product of two films is the weighted mean of the fields' cosines,
 * where a field that one of them lacks counts 0, so that films of which little is known are like nothing much.
 * Terms of one film only are left out; they cannot be shared.
 * (1 + ln tf) · ln(1 + N / df): Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), ch. 6.
 */
export function featureRows(films: readonly FilmFacts[], weights: Readonly<Record<Field, number>>, onField: (fraction: number) => void): SparseRows {
  const cells: Cells = { row: [], column: [], value: [], columns: 0 };
  const names = Object.keys(fields) as Field[];
  const total = names.reduce((sum, field) => sum + weights[field], 0);
  names.forEach((field, i) => {
    if (weights[field] > 0)
      addField(
        cells,
        films.map((film) => count(fields[field](film))),
        Math.sqrt(weights[field] / total),
      );
    onField((i + 1) / names.length);
  });
  return sparseRows(films.length, cells.columns, {
    row: Int32Array.from(cells.row),
    column: Int32Array.from(cells.column),
    value: Float32Array.from(cells.value),
  });
}

/** Adds the rows of one field, each of the given length. */
function addField(cells: Cells, counts: readonly ReadonlyMap<string, number>[], length: number): void {
  const films = count(counts.flatMap((terms) => [...terms.keys()]));
  const shared = [...films].filter(([, df]) => df > 1).map(([term]) => term);
  const columnOf = new Map(shared.map((term, i) => [term, cells.columns + i]));
  counts.forEach((terms, film) => {
    const known = [...terms].filter(([term]) => columnOf.has(term));
    const tfIdf = Float32Array.from(known, ([term, tf]) => (1 + Math.log(tf)) * Math.log(1 + counts.length / films.get(term)!));
    const scale = length / norm(tfIdf);
    known.forEach(([term], i) => {
      cells.row.push(film);
      cells.column.push(columnOf.get(term)!);
      cells.value.push(tfIdf[i]! * scale);
    });
  });
  cells.columns += shared.length;
}

/** How often each term comes, ignoring case. */
function count(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) {
    const key = term.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
