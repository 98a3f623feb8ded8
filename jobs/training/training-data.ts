import { createHash } from 'node:crypto';
import type { Sql } from '../../core/database/sql.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { TrainingData } from '../../recommend/algorithm.ts';
import type { Signals } from '../../recommend/signals.ts';
import { preferenceRows, type StarScale } from '../../math/preferences.ts';
import { sparseRows, type SparseRows } from '../../math/sparse.ts';
import { eventsOf } from './events.ts';
import { GrowingColumns } from './growing-columns.ts';

const secondsADay = 86_400;
export interface LoadedData {
  readonly data: TrainingData;
  /** names exactly this data */ readonly fingerprint: string;
}
interface Read {
  /** value = stars, with times */ readonly ratings: GrowingColumns;
  /** value = weight, the weakest kind first */ readonly events: GrowingColumns;
}

/** Streams ratings and events into typed arrays; the sources are the plugins that own the tables. */
export async function loadTrainingData(sql: Sql, plugins: readonly AnyPlugin[], signals: Signals): Promise<LoadedData> {
  const films = (await plugins.find((plugin) => plugin.training?.films)?.training?.films?.(sql)) ?? [];
  const positions = new Map(films.map(({ id }, position) => [id, position]));
  const read: Read = { ratings: new GrowingColumns(), events: new GrowingColumns() };
  const hash = createHash('sha256').update(JSON.stringify([films.length, signals]));
  for await (const { unit, film, stars, at } of plugins.find((plugin) => plugin.training?.ratings)?.training?.ratings?.(sql) ?? []) {
    append(read.ratings, positions, { unit, film, value: stars, at });
    digest(hash, [unit, film, stars, at]);
  }
  for (const signal of signals.events) {
    for await (const { unit, film } of eventsOf(sql, signal)) {
      append(read.events, positions, { unit, film, value: new Float32Array(unit.length).fill(signal.weight) });
      digest(hash, [unit, film]);
    }
  }
  return { data: assemble(films, read, signals.stars), fingerprint: hash.digest('hex').slice(0, 16) };
}

interface Batch {
  readonly unit: Int32Array;
  readonly film: Int32Array;
  readonly value: Float32Array;
  readonly at?: Float64Array;
}
function append(columns: GrowingColumns, positions: ReadonlyMap<number, number>, { unit, film, value, at }: Batch): void {
  for (let i = 0; i < unit.length; i++) {
    const position = positions.get(film[i]!);
    if (position !== undefined) columns.push(unit[i]!, position, value[i]!, at?.[i] ?? 0);
  }
}

function digest(hash: ReturnType<typeof createHash>, columns: readonly (Int32Array | Float32Array | Float64Array)[]): void {
  for (const column of columns) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
}

function assemble(films: TrainingData['films'], read: Read, scale: StarScale): TrainingData {
  const rated = read.ratings.trimmed(),
    happened = read.events.trimmed();
  const rowOf = new Map<number, number>();
  const rowsOf = (units: Int32Array): Int32Array =>
    units.map((id) => {
      let index = rowOf.get(id);
      if (index === undefined) rowOf.set(id, (index = rowOf.size));
      return index;
    });
  const row = rowsOf(rated.unit),
    eventRow = rowsOf(happened.unit);
  const ratings = sparseRows(rowOf.size, films.length, { row, column: rated.film, value: rated.stars });
  const newest = rated.at.reduce((latest, time) => Math.max(latest, time), 0);
  const age = Float32Array.from(ratings.order, (entry) => (newest - rated.at[entry]!) / secondsADay);
  return { films, units: Int32Array.from(rowOf.keys()), ratings, age, preferences: withEvents(preferenceRows(ratings, scale), eventRow, happened) };
}

/** Adds the events of films that the viewer did not rate: of several numbers for one cell the last one wins, and stars come last. */
function withEvents(stars: SparseRows, eventRow: Int32Array, { film, stars: weight }: { film: Int32Array; stars: Float32Array }): SparseRows {
  if (eventRow.length === 0) return stars;
  const starRow = new Int32Array(stars.value.length);
  for (let r = 0; r < stars.rows; r++) starRow.fill(r, stars.start[r], stars.start[r + 1]);
  return sparseRows(stars.rows, stars.columns, {
    row: joined(Int32Array, eventRow, starRow),
    column: joined(Int32Array, film, stars.index),
    value: joined(Float32Array, weight, stars.value),
  });
}

function joined<T extends Int32Array | Float32Array>(type: new (length: number) => T, a: T, b: T): T {
  const both = new type(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
