import type { FilmFacts } from '../../../recommend/algorithm.ts';
import { sparseRows, type SparseRows } from '../../../math/sparse.ts';
import { count, fields, mostTerms } from './fields.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Cells {
  readonly row: number[];
  readonly column: number[];
  readonly value: number[];
}

/**
 * TF-IDF of every film over the terms of all fields. Each field has a fixed length, the root of its part of the
 * weights, whatever the number of its terms: the dot product of two films is the weighted mean of the fields' cosines,
 * where a field that one of them lacks counts 0, so that films of which little is known are like nothing much.
 * (1 + ln tf) · ln(1 + N / df): Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), ch. 6.
 */
export function featureRows(films: readonly FilmFacts[], { columns, idf }: Vocabulary, onField: (fraction: number) => void = () => {}): SparseRows {
  const cells: Cells = { row: [], column: [], value: [] };
  columns.forEach(({ field, length, of }, i) => {
    films.forEach((film, row) => addTerms(cells, row, knownTerms(count(fields[field](film)), of, idf, mostTerms[field]), length));
    onField((i + 1) / columns.length);
  });
  return sparseRows(films.length, idf.length, {
    row: Int32Array.from(cells.row),
    column: Int32Array.from(cells.column),
    value: Float32Array.from(cells.value),
  });
}

interface Term {
  readonly column: number;
  readonly tfIdf: number;
}

/** The most telling of the terms that the vocabulary has, in no particular order. */
function knownTerms(terms: ReadonlyMap<string, number>, columnOf: ReadonlyMap<string, number>, idf: Float32Array, most = Infinity): Term[] {
  const known: Term[] = [];
  for (const [term, tf] of terms) {
    const column = columnOf.get(term);
    if (column !== undefined) known.push({ column, tfIdf: (1 + Math.log(tf)) * idf[column]! });
  }
  return known.length > most ? known.sort((a, b) => b.tfIdf - a.tfIdf || a.column - b.column).slice(0, most) : known;
}

/** Adds the terms of one field of one film, as a vector of the given length. */
function addTerms(cells: Cells, row: number, terms: readonly Term[], length: number): void {
  const scale = length / Math.hypot(...terms.map(({ tfIdf }) => tfIdf));
  for (const { column, tfIdf } of terms) {
    cells.row.push(row);
    cells.column.push(column);
    cells.value.push(tfIdf * scale);
  }
}
