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

function read(): Triples {
  const lines = gunzipSync(readFileSync(file)).toString('latin1').trimEnd().split('\n');
  const films = new Map<string, number>();
  const cells = lines.map((line) => {
    const [user, film, stars] = line.split('::') as [string, string, string];
    if (!films.has(film)) films.set(film, films.size);
    return [Number(user) - 1, films.get(film)!, Number(stars)] as const;
  });
  return {
    row: Int32Array.from(cells, ([row]) => row),
    column: Int32Array.from(cells, ([, column]) => column),
    value: Float32Array.from(cells, ([, , stars]) => stars),
  };
}

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
