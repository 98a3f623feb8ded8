import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { projectRoot } from '../config/paths.ts';
import { seeded } from '../math/random.ts';
import { sparseRows, type SparseRows, type Triples } from '../math/sparse.ts';

const file = join(projectRoot, '..', 'shared', 'data', 'ml-1m', 'ratings_no_timestamp.dat.gz');
const rows = 6040;
const columns = 3706;

/** MovieLens 1M as a matrix of stars, films without gaps; random cells of the same number where the files are not there. */
export function ratings(): { readonly what: string; readonly matrix: SparseRows } {
  const found = existsSync(file);
  return { what: found ? 'MovieLens 1M' : 'A million random cells', matrix: sparseRows(rows, columns, found ? read() : random()) };
}

/** Straight into typed arrays, so that a measurement of memory sees little of it. */
function read(): Triples {
  const bytes = gunzipSync(readFileSync(file)),
    lines = bytes.reduce((count, byte) => count + Number(byte === NEWLINE), 0),
    row = new Int32Array(lines),
    column = new Int32Array(lines),
    value = new Float32Array(lines),
    films = new Map<number, number>();
  let at = 0;
  const number = (): number => {
    let digits = 0;
    for (; isDigit(bytes[at]!); at++) digits = 10 * digits + bytes[at]! - ZERO;
    while (at < bytes.length && !isDigit(bytes[at]!)) at++;
    return digits;
  };
  for (let line = 0; line < lines; line++) {
    row[line] = number() - 1;
    const film = number();
    if (!films.has(film)) films.set(film, films.size);
    column[line] = films.get(film)!;
    value[line] = number();
  }
  return { row, column, value };
}

const NEWLINE = 10,
  ZERO = 48;
const isDigit = (byte: number): boolean => byte >= ZERO && byte < ZERO + 10;

function random(): Triples {
  const next = seeded(1);
  const pick = (below: number): Int32Array => Int32Array.from({ length: 1_000_000 }, () => Math.floor(next() * below));
  return { row: pick(rows), column: pick(columns), value: Float32Array.from(pick(5), (stars) => 1 + stars) };
}

/** Numbers around 0. */
export function numbers(length: number): Float32Array {
  const next = seeded(2);
  return Float32Array.from({ length }, () => next() - 0.5);
}

/** A symmetric matrix whose diagonal outweighs its rows: positive definite. */
export function symmetric(n: number): Float32Array {
  const matrix = numbers(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j]!;
    matrix[i * n + i] = n;
  }
  return matrix;
}
