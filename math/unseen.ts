import { replaceRows, someRows, type NamedRows } from './named-rows.ts';
import { rowIndex, type SparseRows } from './sparse.ts';

/**
 * What a model keeps so that films which its training knew nothing of can be learned from micro-batches: which these are, and
 * the whole rows of everybody who has one of them. Their number is small, so all of them are counted anew in each update, and
 * no row counts twice.
 */
export type Unseen = {
  /** columns at the time of training */
  readonly columns: number;
  /** columns that had no entry then, ascending; all from `columns` on are unseen, too */
  readonly empty: Int32Array;
  readonly laterUnits: Int32Array;
  readonly laterStart: Int32Array;
  readonly laterIndex: Int32Array;
  readonly laterValue: Float32Array;
};

/** After a training on these rows. */
export function unseenAfter({ columns, index }: SparseRows): Unseen {
  const seen = new Uint8Array(columns);
  for (const column of index) seen[column] = 1;
  return {
    columns,
    empty: Int32Array.from(seen.keys()).filter((column) => seen[column] === 0),
    laterUnits: new Int32Array(0),
    laterStart: new Int32Array(1),
    laterIndex: new Int32Array(0),
    laterValue: new Float32Array(0),
  };
}

/** Unseen columns that somebody has by now, ascending, and the rows that have one. */
export interface Newcomers extends NamedRows {
  readonly columns: Int32Array;
}

/** Puts the changed rows in. @returns undefined where no unseen column is concerned */
export function withChanged(unseen: Unseen, changed: NamedRows): { readonly unseen: Unseen; readonly newcomers: Newcomers } | undefined {
  const empty = new Set(unseen.empty);
  const isUnseen = (column: number): boolean => column >= unseen.columns || empty.has(column);
  const has = ({ rows }: NamedRows, row: number): boolean => rowIndex(rows, row).some(isUnseen);
  const known = new Set(unseen.laterUnits);
  const concerned = Int32Array.from(changed.units.keys()).filter((row) => has(changed, row) || known.has(changed.units[row]!));
  if (concerned.length === 0) return undefined;
  const all = replaceRows(laterRows(unseen), someRows(changed, concerned));
  const { units, rows } = someRows(
    all,
    Int32Array.from(all.units.keys()).filter((row) => has(all, row)),
  );
  const columns = Int32Array.from(new Set(rows.index.filter(isUnseen))).sort();
  const later = { laterUnits: units, laterStart: rows.start, laterIndex: rows.index, laterValue: rows.value };
  return { unseen: { columns: unseen.columns, empty: unseen.empty, ...later }, newcomers: { units, rows, columns } };
}

function laterRows({ columns, laterUnits, laterStart, laterIndex, laterValue }: Unseen): NamedRows {
  const most = laterIndex.reduce((largest, column) => Math.max(largest, column + 1), columns);
  return { units: laterUnits, rows: { rows: laterUnits.length, columns: most, start: laterStart, index: laterIndex, value: laterValue } };
}
