import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import { ByteRows } from '../../../math/kernels/byte-rows.ts';
import type { Slices } from '../../../math/slices.ts';
import type { EaseModel } from './model.ts';

/** What serving keeps beside a model. Reused by all requests: scoring is synchronous, so nobody else is writing. */
interface Bench {
  /** the model's bytes, read with their sign */
  readonly correlation: Int8Array;
  /** the same for the kernels */
  readonly rows: ByteRows;
}
const benches = new WeakMap<EaseModel, Bench>();

function benchOf(model: EaseModel): Bench {
  let bench = benches.get(model);
  if (!bench) {
    const { buffer, byteOffset, length } = model.correlation;
    const correlation = new Int8Array(buffer, byteOffset, length);
    bench = { correlation, rows: new ByteRows(correlation, model.films.length) };
    benches.set(model, bench);
  }
  return bench;
}

export const prepare = (model: EaseModel): Slices => benchOf(model).rows.prepare();

/** The row of a film: −1 for one that the model does not hold. Binary search. */
function rowOf({ films }: EaseModel, film: Position): number {
  let low = 0;
  let high = films.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (films[middle]! < film) low = middle + 1;
    else high = middle;
  }
  return films[low] === film ? low : -1;
}

/** How much each of the model's rows counts for the viewer, in units of its bytes. */
function taste(model: EaseModel, { preferences: { films, weight } }: Viewer): { rows: Int32Array; amount: Float32Array } {
  const rows = new Int32Array(films.length),
    amount = new Float32Array(films.length);
  let known = 0;
  for (let i = 0; i < films.length; i++) {
    const row = rowOf(model, films[i]!);
    if (row < 0) continue;
    rows[known] = row;
    amount[known++] = weight[i]! * model.scale[row]! * model.step[row]!;
  }
  return { rows: rows.subarray(0, known), amount: amount.subarray(0, known) };
}

/** The viewer's preferences times B, for the films of the model; NaN for all where none of the viewer's is among them. */
export function score(model: EaseModel, viewer: Viewer, out: Float32Array): void {
  out.fill(NaN);
  const { rows, amount } = taste(model, viewer);
  if (rows.length === 0) return;
  const sums = benchOf(model).rows.sum(rows, amount),
    { films, scale } = model;
  for (let j = 0; j < films.length; j++) out[films[j]!] = sums[j]! / scale[j]!;
}

/** What each film that the viewer likes adds to the score of `film`, parallel to the preferences. */
export function contributions(model: EaseModel, { preferences: { films, weight } }: Viewer, film: Position): Float64Array {
  const parts = new Float64Array(films.length);
  const column = rowOf(model, film);
  if (column < 0) return parts;
  const { correlation } = benchOf(model);
  films.forEach((own, i) => {
    const row = rowOf(model, own);
    if (row >= 0 && weight[i]! > 0) parts[i] = weight[i]! * model.scale[row]! * model.step[row]! * correlation[row * model.films.length + column]!;
  });
  return parts;
}

/** The partial correlation of each film with the given one: the mean of its two roundings, so that it is symmetric. */
export function similar(model: EaseModel, film: Position, out: Float32Array): void {
  out.fill(NaN);
  const row = rowOf(model, film);
  if (row < 0) return;
  const { correlation } = benchOf(model);
  const n = model.films.length;
  model.films.forEach((other, j) => {
    if (j !== row) out[other] = (correlation[row * n + j]! * model.step[row]! + correlation[j * n + row]! * model.step[j]!) / 2;
  });
}
