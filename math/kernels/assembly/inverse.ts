import { addTile, EIGHT, FOUR } from './gemm';

/**
 * The inverse of a symmetric positive definite matrix by the sweep operator (Goodnight 1979), BLOCK rows at a time.
 * Sweeping the rows K replaces, with P the inverse of the block KK:
 *   the block KK by −P, the columns iK by C P, and the rest ij by its value − C P Cᵀ, where C are the columns iK.
 * After all rows the matrix is minus its inverse. Only the lower triangle is kept; `n` is a multiple of BLOCK.
 *
 * A block takes three steps: `pivot`, then `panel` for all rows, then `update` for all rows.
 */
const BLOCK: usize = 64;
/** a row of a panel, and of the block's inverse in single precision */
const WIDTH: usize = 256;
/** a row of the block's inverse in double precision */
const WIDE: usize = 512;
/** A pivot so small beside its diagonal element is nothing but the rounding of single precision. */
const ROUNDING: f64 = 1e-5;

function lower(matrix: usize, n: usize, row: usize, column: usize): usize {
  return matrix + (row * n + column) * 4;
}

/**
 * Step 1: P of the block at row k, in double precision at `exact`, and −P in single precision at `block`.
 * @param diagonal what the matrix had on its diagonal at first
 * @returns the row whose pivot is not positive, or −1
 */
export function pivot(matrix: usize, n: usize, k: usize, diagonal: usize, exact: usize, block: usize): i32 {
  for (let i: usize = 0; i < BLOCK; i++) {
    for (let j: usize = 0; j <= i; j++) {
      const value = <f64>load<f32>(lower(matrix, n, k + i, k + j));
      store<f64>(exact + i * WIDE + (j << 3), value);
      store<f64>(exact + j * WIDE + (i << 3), value);
    }
  }
  for (let i: usize = 0; i < BLOCK; i++) {
    const least = ROUNDING * <f64>load<f32>(diagonal + ((k + i) << 2));
    if (!(load<f64>(exact + i * (WIDE + 8)) > least)) return <i32>(k + i);
    invertOn(exact, i);
  }
  for (let at: usize = 0; at < BLOCK * BLOCK; at++) store<f32>(block + (at << 2), -(<f32>load<f64>(exact + (at << 3))));
  return -1;
}

/** One step of Gauss and Jordan's inversion in place. */
function invertOn(exact: usize, k: usize): void {
  const at = k << 3;
  const row = exact + k * WIDE;
  const inverse = 1 / load<f64>(row + at);
  for (let other = exact; other < exact + BLOCK * WIDE; other += WIDE) {
    if (other == row) continue;
    const factor = load<f64>(other + at) * inverse;
    const factors = f64x2.splat(factor);
    for (let c: usize = 0; c < WIDE; c += 16) {
      v128.store(other + c, f64x2.sub(v128.load(other + c), f64x2.mul(factors, v128.load(row + c))));
    }
    store<f64>(other + at, -factor);
  }
  const scale = f64x2.splat(inverse);
  for (let c: usize = 0; c < WIDE; c += 16) v128.store(row + c, f64x2.mul(scale, v128.load(row + c)));
  store<f64>(row + at, inverse);
}

/**
 * Step 2, rows from … to − 1 (multiples of 8): C into `fours` and −C P into `eights`, packed for the tile: four, or
 * eight, rows' elements of one column side by side, the columns one after the other. The block's own rows of C are 0.
 */
export function panel(scratch: usize, from: usize, to: usize, matrix: usize, n: usize, k: usize, block: usize, fours: usize, eights: usize): void {
  for (let row = from; row < to; row += 8) {
    const packed = row * WIDTH;
    packEight(scratch, matrix, n, row, k);
    for (let c: usize = 0; c < BLOCK; c++) {
      v128.store(fours + packed + c * FOUR, v128.load(scratch + c * EIGHT));
      v128.store(fours + packed + 4 * WIDTH + c * FOUR, v128.load(scratch + c * EIGHT, 16));
    }
    memory.fill(eights + packed, 0, 8 * WIDTH);
    for (let c: usize = 0; c < WIDTH; c += FOUR) {
      addTile(eights + packed + (c >> 2) * EIGHT, EIGHT, block + c, WIDTH, block + BLOCK * WIDTH + c, scratch, EIGHT, 1);
    }
  }
}

/** Eight rows of C, packed. Right of the diagonal, where nothing is kept, stands what is left of it. */
function packEight(into: usize, matrix: usize, n: usize, row: usize, k: usize): void {
  if (row >= k && row < k + BLOCK) {
    memory.fill(into, 0, 8 * WIDTH);
    return;
  }
  for (let c: usize = 0; c < BLOCK; c++) {
    const at = into + c * EIGHT;
    if (row < k) {
      const above = lower(matrix, n, k + c, row);
      v128.store(at, v128.load(above));
      v128.store(at, v128.load(above, 16), 16);
    } else {
      for (let i: usize = 0; i < 8; i++) store<f32>(at + (i << 2), load<f32>(lower(matrix, n, row + i, k + c)));
    }
  }
}

/** Step 3, rows from … to − 1, which are one BLOCK: the rest, and then the columns that are swept. */
export function update(scratch: usize, from: usize, to: usize, matrix: usize, n: usize, k: usize, block: usize, fours: usize, eights: usize): void {
  if (from == k) {
    sweepRows(matrix, n, k, block, eights);
    return;
  }
  const width = n << 2;
  for (let column: usize = 0; column < to; column += 8) {
    for (let row = max(from, column); row < to; row += 4) {
      const a = fours + row * WIDTH;
      addTile(lower(matrix, n, row, column), width, a, FOUR, a + 4 * WIDTH, eights + column * WIDTH, EIGHT, 1);
    }
  }
  if (from > k) sweepColumns(from, to, matrix, n, k, eights);
}

/** Rows below the block: C P in its columns. */
function sweepColumns(from: usize, to: usize, matrix: usize, n: usize, k: usize, eights: usize): void {
  for (let row = from; row < to; row++) {
    const packed = eights + (row & ~7) * WIDTH + ((row & 7) << 2);
    for (let c: usize = 0; c < BLOCK; c++) store<f32>(lower(matrix, n, row, k + c), -load<f32>(packed + c * EIGHT));
  }
}

/** The block's own rows: −P on the diagonal, and left of it (C P)ᵀ of the rows above. */
function sweepRows(matrix: usize, n: usize, k: usize, block: usize, eights: usize): void {
  for (let c: usize = 0; c < BLOCK; c++) {
    memory.copy(lower(matrix, n, k + c, k), block + c * WIDTH, WIDTH);
    for (let column: usize = 0; column < k; column += 8) {
      const packed = eights + column * WIDTH + c * EIGHT;
      const at = lower(matrix, n, k + c, column);
      v128.store(at, f32x4.neg(v128.load(packed)));
      v128.store(at, f32x4.neg(v128.load(packed, 16)), 16);
    }
  }
}
