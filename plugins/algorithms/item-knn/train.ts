import { eachGramRow } from '../../../math/sparse-gram.ts';
import { sparseRows, type SparseRows } from '../../../math/sparse.ts';
import type { NamedRows } from '../../../math/named-rows.ts';
import type { ItemKnnModel } from './model.ts';
import { Nearest } from './nearest.ts';

export interface Options {
  readonly neighbours: number;
  readonly shrinkage: number;
}

/** Works out the neighbours of all films from the viewers' rows. `onFilm` is told the share done. */
export function neighbourModel({ units, rows }: NamedRows, options: Options, onFilm: (fraction: number) => void = () => {}): ItemKnnModel {
  const { start, index, value } = graph(rows, options, onFilm);
  return { start, neighbour: index, similarity: value, units, unitStart: rows.start, unitFilm: rows.index, unitWeight: rows.value };
}

/**
 * Two films are joined where one is among the other's nearest, so that the graph is symmetric: a film whose own
 * nearest are all blockbusters is still reached from the films that are nearest to it.
 */
function graph(rows: SparseRows, { neighbours, shrinkage }: Options, onFilm: (fraction: number) => void): SparseRows {
  const films = rows.columns;
  const length = columnNorms(rows);
  const nearest = new Nearest(films, Math.min(neighbours, films));
  eachGramRow(rows, (film, others, dots) => {
    if (film % 256 === 0) onFilm(film / films);
    for (const other of others) {
      if (dots[other]! > 0 && other !== film) nearest.offer(film, other, dots[other]! / (length[film]! * length[other]! + shrinkage));
    }
  });
  const from: number[] = [];
  const to: number[] = [];
  const similarity: number[] = [];
  nearest.each((film, near, value) => {
    from.push(film, near);
    to.push(near, film);
    similarity.push(value, value);
  });
  return sparseRows(films, films, { row: Int32Array.from(from), column: Int32Array.from(to), value: Float32Array.from(similarity) });
}

/** Euclidean length of every column. */
function columnNorms({ columns, index, value }: SparseRows): Float64Array {
  const squares = new Float64Array(columns);
  index.forEach((column, e) => {
    squares[column]! += value[e]! ** 2;
  });
  return squares.map(Math.sqrt);
}
