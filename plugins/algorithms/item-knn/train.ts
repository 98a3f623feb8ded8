import { eachGramRow, mostFirst } from '../../../math/sparse-gram.ts';
import { sparseRows, type SparseRows } from '../../../math/sparse.ts';
import type { NamedRows } from '../../../math/named-rows.ts';
import type { ItemKnnModel } from './model.ts';
import { Nearest } from './nearest.ts';
import { shortened } from './shortened.ts';

export interface Options {
  readonly neighbours: number;
  readonly shrinkage: number;
  readonly longest: number;
}

/** Works out the neighbours of all films from the viewers' rows. `onFilm` is told the share done. */
export function neighbourModel({ units, rows }: NamedRows, options: Options, onFilm: (fraction: number) => void = () => {}): ItemKnnModel {
  const { start, index, value } = graph(shortened(rows, options.longest), options, onFilm);
  return { start, neighbour: index, similarity: value, units, unitStart: rows.start, unitFilm: rows.index, unitWeight: rows.value };
}

/**
 * Two films are joined where one is among the other's nearest, so that the graph is symmetric: a film whose own
 * nearest are all blockbusters is still reached from the films that are nearest to it.
 */
function graph(rows: SparseRows, { neighbours, shrinkage }: Options, onFilm: (fraction: number) => void): SparseRows {
  const films = rows.columns;
  const { matrix, column } = mostFirst(rows);
  const length = columnNorms(matrix);
  const nearest = new Nearest(films, Math.min(neighbours, films));
  eachGramRow(matrix, (film, others, dots) => {
    if (film % 256 === 0) onFilm(film / films);
    const own = length[film]!;
    // Hundreds of millions of pairs in large catalogues: an iterator would take longer than the arithmetic.
    for (let i = 0; i < others.length; i++) {
      const other = others[i]!;
      const dot = dots[other]!;
      if (dot > 0 && other !== film) nearest.offer(film, other, dot / (own * length[other]! + shrinkage));
    }
  });
  return sparseRows(films, films, bothWays(nearest, column));
}

/** Every pair of neighbours in both directions, by the films' own numbers. */
function bothWays(nearest: Nearest, film: Int32Array) {
  const pairs = nearest.size;
  const [row, column, value] = [new Int32Array(2 * pairs), new Int32Array(2 * pairs), new Float32Array(2 * pairs)];
  let at = 0;
  nearest.each((one, near, similarity) => {
    for (const [from, to] of [
      [one, near],
      [near, one],
    ] as const) {
      row[at] = film[from]!;
      column[at] = film[to]!;
      value[at++] = similarity;
    }
  });
  return { row, column, value };
}

/** Euclidean length of every column. */
function columnNorms({ columns, index, value }: SparseRows): Float64Array {
  const squares = new Float64Array(columns);
  index.forEach((column, e) => {
    squares[column]! += value[e]! ** 2;
  });
  return squares.map(Math.sqrt);
}
