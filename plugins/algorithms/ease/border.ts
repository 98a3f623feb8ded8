import type { EaseModel } from './model.ts';
import { MOST } from './model.ts';

/** What a film adds to the inverse P of the others. */
export interface Border {
  readonly film: number;
  /** P · g */
  readonly column: Float64Array;
  /** s, the Schur complement */
  readonly complement: number;
}

const bytesOf = ({ correlation }: EaseModel): Int8Array => new Int8Array(correlation.buffer, correlation.byteOffset, correlation.length);

/** The inverse times a vector that is 0 for most films: P_ij = −ρ_ij √P_ii √P_jj. */
export function inverseTimes(model: EaseModel, vector: Float64Array): Float64Array {
  const n = model.films.length;
  const { scale, step } = model;
  const bytes = bytesOf(model);
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (vector[i] === 0) continue;
    const factor = vector[i]! * scale[i]! * step[i]!;
    for (let j = 0, at = i * n; j < n; j++, at++) sums[j]! -= factor * bytes[at]!;
  }
  return sums.map((sum, j) => scale[j]! * (sum + vector[j]! * scale[j]!));
}

/** The model without the films that `gone` names. */
export function without(model: EaseModel, gone: (film: number) => boolean): EaseModel {
  const kept = Int32Array.from(model.films.keys()).filter((i) => !gone(model.films[i]!));
  const n = model.films.length;
  if (kept.length === n) return model;
  const correlation = new Uint8Array(kept.length ** 2);
  kept.forEach((from, i) => kept.forEach((other, j) => (correlation[i * kept.length + j] = model.correlation[from * n + other]!)));
  const pick = <T extends Int32Array | Float32Array>(values: T): T => values.filter((_, i) => !gone(model.films[i]!)) as T;
  return { ...model, films: pick(model.films), scale: pick(model.scale), step: pick(model.step), correlation };
}

/** The model with these films in their places: ρ = P g / (√s · √(P_ii + (P g)_i² / s)), and 0 among them. */
export function grown(model: EaseModel, borders: readonly Border[]): EaseModel {
  const [n, size] = [model.films.length, model.films.length + borders.length];
  const films = Int32Array.from([...model.films, ...borders.map(({ film }) => film)]).sort();
  const place = new Map(Array.from(films, (film, i) => [film, i]));
  const to = model.films.map((film) => place.get(film)!);
  const made = { films, scale: new Float32Array(size), step: new Float32Array(size), bytes: new Int8Array(size * size) };
  const old = bytesOf(model);
  for (let i = 0; i < n; i++) {
    made.scale[to[i]!] = model.scale[i]!;
    made.step[to[i]!] = model.step[i]!;
    for (let j = 0; j < n; j++) made.bytes[to[i]! * size + to[j]!] = old[i * n + j]!;
  }
  for (const border of borders) join(made, model.scale, to, place.get(border.film)!, border);
  const { bytes, ...rest } = made;
  return { ...model, ...rest, correlation: new Uint8Array(bytes.buffer) };
}

interface Made {
  readonly scale: Float32Array;
  readonly step: Float32Array;
  readonly bytes: Int8Array;
}

/** Writes a film's row and column. A trained row keeps its step: what would be larger is cut to the largest byte. */
function join({ scale, step, bytes }: Made, trained: Float32Array, to: Int32Array, at: number, { column, complement }: Border): void {
  const size = scale.length;
  const correlation = column.map((value, i) => value / (Math.sqrt(complement) * Math.hypot(trained[i]!, value / Math.sqrt(complement))));
  const largest = correlation.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  scale[at] = 1 / Math.sqrt(complement);
  if (largest === 0) return;
  step[at] = largest / MOST;
  correlation.forEach((value, i) => {
    bytes[at * size + to[i]!] = Math.round(value / step[at]!);
    const own = step[to[i]!]!;
    bytes[to[i]! * size + at] = own > 0 ? Math.max(-MOST, Math.min(MOST, Math.round(value / own))) : 0;
  });
}
