import type { Sql } from '../../core/database/sql.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { Batch } from '../../recommend/algorithm.ts';
import type { Signals } from '../../recommend/signals.ts';
import type { SparseRows } from '../../math/sparse.ts';
import { loadTrainingData } from './training-data.ts';

/** Units whose history changed since the snapshot, ascending; every plugin that owns a part of it is asked. */
export async function changedUnits(sql: Sql, plugins: readonly AnyPlugin[], snapshot: string): Promise<Int32Array> {
  const units = new Set<number>();
  for (const { training } of plugins) for (const unit of (await training?.changedSince?.(sql, snapshot)) ?? []) units.add(unit);
  return Int32Array.from(units).sort();
}

/** Reads what these units did, as training does for all; those without anything left have empty rows. */
export async function loadBatch(sql: Sql, plugins: readonly AnyPlugin[], signals: Signals, units: Int32Array): Promise<Batch> {
  const { data } = await sql.transaction(async (tx) => {
    await tx.rows('create temporary table batch_unit (unit integer primary key) on commit drop');
    await tx.rows('insert into batch_unit select unnest($1::integer[])', [Array.from(units)]);
    return loadTrainingData(tx, restricted(plugins, units), onlyOfBatch(signals));
  });
  const found = new Set(data.units),
    gone = units.filter((unit) => !found.has(unit));
  return {
    films: data.films,
    units: Int32Array.from([...data.units, ...gone]),
    ratings: withEmptyRows(data.ratings, gone.length),
    preferences: withEmptyRows(data.preferences, gone.length),
  };
}

const restricted = (plugins: readonly AnyPlugin[], units: Int32Array): AnyPlugin[] =>
  plugins.map(({ training, ...plugin }) => ({
    ...plugin,
    ...(training && { training: { ...training, ...(training.ratings && { ratings: (sql: Sql) => training.ratings!(sql, units) }) } }),
  }));

const onlyOfBatch = ({ stars, events }: Signals): Signals => ({
  stars,
  events: events.map((signal) => ({ ...signal, rows: `select e.unit, e.film from (${signal.rows}) e join batch_unit using (unit)` })),
});

function withEmptyRows(matrix: SparseRows, more: number): SparseRows {
  const start = new Int32Array(matrix.start.length + more).fill(matrix.start.at(-1)!);
  start.set(matrix.start);
  return { ...matrix, rows: matrix.rows + more, start };
}
