import type { SparseRows } from '../sparse.ts';
import { finish, type Slices } from '../slices.ts';
import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { EXACT, inUnits, largest, RoundedRows } from './rounded-rows.ts';
import { padded } from './sizes.ts';

/** A row with an entry in more than one of so many columns is quicker to read with its zeros, a byte each. */
const SPARSE = 16;
/** Of a column: what is left is at least a byte for the number. */
const MOST_BITS = 24;
/** Entries that are copied in one slice. */
const SLICE = 2 ** 16;

/**
 * Sparse rows kept where the kernels reach them, for serving: their weighted sums. An entry is a word of 32 bits, because time
 * goes into reading: the column takes as many bits as columns need, the number the others, in units of its row. Of 62,423
 * columns that leaves 16 bits, so that a number is wrong by a 65,534th of the largest in its row at most. Where there are more than EXACT columns, the
 * full rows are rounded: what they have in one column is a row of bytes, in units of its own. Its memory goes with the object.
 * It has one place for weights: not to be called from within itself.
 */
export class Postings {
  /** one a row, for sum(); whoever asks fills it in, and sum() puts zeros there again */
  readonly weights: Float32Array;
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #columns: number;
  readonly #start: Int32Array;
  readonly #entries: Int32Array;
  /** of an entry that are its column */
  readonly #bits: number;
  /** what 1 in an entry of each row stands for */
  readonly #units: Float32Array;
  /** rows that have a weight */
  readonly #queue: Int32Array;
  /** the full rows, and their weights */
  readonly #full: Int32Array;
  readonly #amount: Float32Array;
  readonly #rounded: RoundedRows | undefined;
  /** 0, or NaN for columns without any entry */
  readonly #empty: Float32Array;
  readonly #sums: Float32Array;
  readonly #copying: Slices;

  /** Throws RangeError where the memory does not suffice. */
  constructor(matrix: SparseRows) {
    const { rows, columns, start, index } = matrix,
      arena = new Arena(),
      full = columns > EXACT ? rowsLongerThan(columns / SPARSE, matrix) : [];
    this.#full = Int32Array.from(full);
    const entries = full.reduce((left, row) => left - (start[row + 1]! - start[row]!), index.length);
    this.#rows = padded(rows, 4);
    this.#columns = columns;
    this.weights = arena.f32(this.#rows).subarray(0, rows);
    this.#start = arena.i32(this.#rows + 1).fill(entries);
    this.#entries = arena.i32(entries);
    this.#bits = bitsFor(columns);
    this.#units = arena.f32(this.#rows);
    this.#queue = arena.i32(this.#rows);
    this.#amount = new Float32Array(full.length);
    this.#empty = new Float32Array(columns).fill(Number.NaN);
    this.#sums = arena.f32(padded(columns, 4));
    this.#kernels = instantiate(kernelModule(), arena.memory);
    const turned = { rows: new Float32Array(columns * full.length), known: new Uint8Array(columns) };
    if (full.length > 0) this.#rounded = new RoundedRows(arena, turned.rows, { factors: full.length, stride: full.length, known: turned.known });
    this.#copying = this.#copyAll(matrix, turned);
  }

  /** The copying, which the first sum would do otherwise; until then the matrix must stay as it is. */
  prepare(): Slices {
    return this.#copying;
  }

  /** @param turned what the full rows have in each column goes there, and which columns have anything */
  *#copyAll(matrix: SparseRows, turned: { readonly rows: Float32Array; readonly known: Uint8Array }): Slices {
    const { rows, start, index } = matrix;
    let to = 0,
      full = 0;
    for (let row = 0, slice = 0; row < rows; row++) {
      this.#start[row] = to;
      for (let e = start[row]!; e < start[row + 1]!; e++) {
        this.#empty[index[e]!] = 0;
        turned.known[index[e]!] = 1;
      }
      if (this.#full[full] === row) this.#turn(matrix, full++, turned.rows);
      else to = this.#copy(matrix, row, to);
      if (start[row + 1]! - slice < SLICE) continue;
      slice = start[row + 1]!;
      yield;
    }
    if (this.#rounded) yield* this.#rounded.prepare();
  }

  /** Gives where the next row begins. */
  #copy({ start, index, value }: SparseRows, row: number, to: number): number {
    const unit = largest(value.subarray(start[row], start[row + 1])) / (2 ** (31 - this.#bits) - 1);
    this.#units[row] = unit;
    for (let e = start[row]!; e < start[row + 1]!; e++) this.#entries[to++] = (inUnits(value[e]!, unit) << this.#bits) | index[e]!;
    return to;
  }

  #turn({ start, index, value }: SparseRows, full: number, into: Float32Array): void {
    const row = this.#full[full]!;
    for (let e = start[row]!; e < start[row + 1]!; e++) into[index[e]! * this.#full.length + full] = value[e]!;
  }

  /** Σ weights[row] · row into `out`, one number a column as far as it goes; NaN where a column has no entry. */
  sum(out: Float32Array): void {
    finish(this.#copying);
    this.#sumFull();
    const [start, entries] = [this.#start.byteOffset, this.#entries.byteOffset];
    const [sums, queue] = [this.#sums.byteOffset, this.#queue.byteOffset];
    this.#kernels.addPostings(this.weights.byteOffset, this.#units.byteOffset, this.#rows, start, entries, this.#bits, sums, queue);
    this.weights.fill(0);
    out.set(this.#sums.subarray(0, Math.min(out.length, this.#columns)));
  }

  /** Begins the sums with those of the full rows. */
  #sumFull(): void {
    if (!this.#rounded) return this.#sums.set(this.#empty);
    this.#full.forEach((row, i) => {
      this.#amount[i] = this.weights[row]!;
      this.weights[row] = 0;
    });
    this.#rounded.scores(this.#kernels, this.#amount, this.#sums.byteOffset);
  }
}

/** Throws RangeError where too few bits would be left for numbers. */
function bitsFor(columns: number): number {
  const bits = Math.ceil(Math.log2(Math.max(2, columns)));
  if (bits > MOST_BITS) throw new RangeError(`Postings have at most ${2 ** MOST_BITS} columns, not ${columns}.`);
  return bits;
}

function rowsLongerThan(length: number, { rows, start }: SparseRows): number[] {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (start[row + 1]! - start[row]! > length) found.push(row);
  return found;
}
