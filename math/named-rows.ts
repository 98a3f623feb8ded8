import type { SparseRows } from './sparse.ts';

/** Sparse rows that are known by a number: row `r` is that of `units[r]`. */
export interface NamedRows {
  readonly units: Int32Array;
  readonly rows: SparseRows;
}

/** The old rows with the changed ones in their places, and the new ones at the end in the order of `changed`; linear time. */
export function replaceRows(old: NamedRows, changed: NamedRows): NamedRows {
  const row = new Map(Array.from(changed.units, (unit, r) => [unit, r]));
  // Of each row of the result, the row of `changed` that it is; −1 for those that stay.
  const replaced = old.units.map((unit) => row.get(unit) ?? -1);
  for (const unit of old.units) row.delete(unit);
  const units = joined(old.units, Int32Array.from(row.keys()));
  return { units, rows: pick(old.rows, changed.rows, joined(replaced, Int32Array.from(row.values()))) };
}

/** The rows with these numbers, in this order. */
export function someRows({ units, rows }: NamedRows, chosen: Int32Array): NamedRows {
  return { units: chosen.map((row) => units[row]!), rows: pick(rows, rows, chosen) };
}

/** Row by row: that of `changed` where one is named, otherwise the one of `old` in the same place. */
function pick(old: SparseRows, changed: SparseRows, named: Int32Array): SparseRows {
  const start = new Int32Array(named.length + 1);
  const each = (visit: (from: SparseRows, row: number, place: number) => void): void =>
    named.forEach((row, place) => (row < 0 ? visit(old, place, place) : visit(changed, row, place)));
  each((from, row, place) => {
    start[place + 1] = start[place]! + from.start[row + 1]! - from.start[row]!;
  });
  const length = start[named.length]!;
  const rows = {
    rows: named.length,
    columns: Math.max(old.columns, changed.columns),
    start,
    index: new Int32Array(length),
    value: new Float32Array(length),
  };
  each((from, row, place) => {
    rows.index.set(from.index.subarray(from.start[row], from.start[row + 1]), start[place]);
    rows.value.set(from.value.subarray(from.start[row], from.start[row + 1]), start[place]);
  });
  return rows;
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
