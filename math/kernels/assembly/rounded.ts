import { insert, laneOf } from './best';
import { sumsOfIntegers } from './vector';

/*
 * Rows of signed bytes: row r stands for scale[r] · bytes. A vector is rounded to 16 bits, in units of `unit`. Widths are
 * those of the rows in bytes, multiples of 16; sums must fit 32 bits.
 */

/** `sums` and the products of sixteen numbers with as many bytes. */
// @ts-ignore: AssemblyScript decorates functions
@inline
function addSixteen(sums: v128, first: v128, second: v128, bytes: usize): v128 {
  const products = i32x4.dot_i16x8_s(first, v128.load_ext<i8>(bytes));
  return i32x4.add(sums, i32x4.add(products, i32x4.dot_i16x8_s(second, v128.load_ext<i8>(bytes, 8))));
}

/** The dot products of `vector` with four rows from `row` on. Called for every film, so that a call would be a good part of it. */
// @ts-ignore: AssemblyScript decorates functions
@inline
function dotFour(vector: usize, row: usize, width: usize): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let at: usize = 0; at < width; at += 16) {
    const x = v128.load(vector + (at << 1));
    const y = v128.load(vector + (at << 1), 16);
    const bytes = row + at;
    a = addSixteen(a, x, y, bytes);
    b = addSixteen(b, x, y, bytes + width);
    c = addSixteen(c, x, y, bytes + 2 * width);
    d = addSixteen(d, x, y, bytes + 3 * width);
  }
  return f32x4.convert_i32x4_s(sumsOfIntegers(a, b, c, d));
}

/** The dot product of the vector with each of `count` rows; all arrays have room for a multiple of four. */
export function scoreRounded(vector: usize, unit: f32, rows: usize, scale: usize, count: usize, width: usize, out: usize): void {
  const units = f32x4.splat(unit);
  for (let i: usize = 0; i < count; i += 4) {
    v128.store(out + (i << 2), f32x4.mul(dotFour(vector, rows, width), f32x4.mul(units, v128.load(scale + (i << 2)))));
    rows += 4 * width;
  }
}

/** As top(), by the rounded scores. */
export function topRounded(
  vector: usize,
  unit: f32,
  rows: usize,
  scale: usize,
  count: usize,
  width: usize,
  k: usize,
  index: usize,
  value: usize,
): usize {
  if (k == 0) return 0;
  const units = f32x4.splat(unit);
  let found: usize = 0;
  let threshold: f32 = -f32.MAX_VALUE;
  for (let i: usize = 0; i < count; i += 4) {
    const scores = f32x4.mul(dotFour(vector, rows, width), f32x4.mul(units, v128.load(scale + (i << 2))));
    rows += 4 * width;
    if (!v128.any_true(f32x4.gt(scores, f32x4.splat(threshold)))) continue;
    for (let lane: usize = 0; lane < min<usize>(4, count - i); lane++) {
      const one = laneOf(scores, lane);
      if (!(one > threshold)) continue;
      if (found < k) found++;
      insert(one, i + lane, found - 1, index, value);
      if (found == k) threshold = load<f32>(value + ((k - 1) << 2));
    }
  }
  return found;
}
