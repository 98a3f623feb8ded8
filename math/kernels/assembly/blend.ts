/** All bits set in the lanes that hold a finite number: the difference of anything else with itself is none. */
function finite(x: v128): v128 {
  return f32x4.eq(f32x4.sub(x, x), f32x4.splat(0));
}

/** The first and the third lane together, and the second and the fourth, in double precision. */
function inDouble(x: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)));
}

/** The sum of the two lanes. */
function sumOfTwo(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Numbers that are summed in single precision before they go into a sum in double precision. */
const BLOCK: usize = 256;

/** The first finite number; 0 where there is none. */
function firstFinite(values: usize, end: usize): f64 {
  for (let at = values; at < end; at += 4) {
    const x = load<f32>(at);
    if (x - x == 0) return x;
  }
  return 0;
}

/**
 * The mean of the finite ones of `count` (a multiple of four) numbers, and what makes a distance from it a z-score: 1 / deviation,
 * or 0 where they do not differ. Sums are of distances from one of the numbers, so that equal numbers have the deviation 0.
 * @param out both go there, in double precision
 * @returns how many are finite
 */
export function moments(values: usize, count: usize, out: usize): usize {
  const end = values + (count << 2);
  const near = firstFinite(values, end);
  const origin = f32x4.splat(<f32>near);
  let known = i32x4.splat(0);
  let total = f64x2.splat(0);
  let squares = total;
  for (let from = values; from < end; from += BLOCK << 2) {
    let some = f32x4.splat(0);
    let someSquares = some;
    for (let at = from; at < min(end, from + (BLOCK << 2)); at += 16) {
      const x = v128.load(at);
      const mask = finite(x);
      known = i32x4.sub(known, mask);
      const off = v128.and(f32x4.sub(x, origin), mask);
      some = f32x4.add(some, off);
      someSquares = f32x4.add(someSquares, f32x4.mul(off, off));
    }
    total = f64x2.add(total, inDouble(some));
    squares = f64x2.add(squares, inDouble(someSquares));
  }
  const n: f64 =
    <f64>i32x4.extract_lane(known, 0) + <f64>i32x4.extract_lane(known, 1) + <f64>i32x4.extract_lane(known, 2) + <f64>i32x4.extract_lane(known, 3);
  const distance = sumOfTwo(total) / max(n, 1);
  const mean = near + distance;
  const deviation = sqrt(max(sumOfTwo(squares) / max(n, 1) - distance * distance, 0));
  store<f64>(out, mean);
  // Equal scores can differ by rounding alone: that is not a difference. Nor is what single precision cannot divide by.
  store<f64>(out, deviation > max(1e-7 * abs(mean), 1e-30) ? 1 / deviation : 0, 8);
  return <usize>n;
}

/** values += by; `count` is a multiple of four. */
export function shift(values: usize, by: f32, count: usize): void {
  for (let at: usize = 0; at < count << 2; at += 16) v128.store(values + at, f32x4.add(v128.load(values + at), f32x4.splat(by)));
}

/** factor · (x − origin − rest) where x is finite, else 0. */
function term(x: v128, factor: v128, origin: v128, rest: v128): v128 {
  return v128.and(f32x4.mul(factor, f32x4.sub(f32x4.sub(x, origin), rest)), finite(x));
}

/**
 * The sum of `parts` arrays of `count` numbers (a multiple of eight, which are summed side by side) where finite numbers stand; a
 * sum of nothing is NaN.
 * @param list of each array its address (u32), and the factor, origin and rest (f32) of factor · (number − origin − rest)
 */
export function weightedSum(list: usize, parts: usize, count: usize, sums: usize): void {
  const end = list + (parts << 4);
  const none = f32x4.splat(NaN);
  for (let at: usize = 0; at < count << 2; at += 32) {
    let first = f32x4.splat(0);
    let second = first;
    let firstKnown = first;
    let secondKnown = first;
    for (let part = list; part < end; part += 16) {
      const values = <usize>load<u32>(part) + at;
      const factor = v128.load32_splat(part, 4);
      const origin = v128.load32_splat(part, 8);
      const rest = v128.load32_splat(part, 12);
      const x = v128.load(values);
      const y = v128.load(values, 16);
      firstKnown = v128.or(firstKnown, finite(x));
      secondKnown = v128.or(secondKnown, finite(y));
      first = f32x4.add(first, term(x, factor, origin, rest));
      second = f32x4.add(second, term(y, factor, origin, rest));
    }
    v128.store(sums + at, v128.bitselect(first, none, firstKnown));
    v128.store(sums + at, v128.bitselect(second, none, secondKnown), 16);
  }
}

/** Turns `count` (a multiple of four) dot products above 0 into shrunk cosines: dot / (length · lengths + shrinkage); others become NaN. */
export function shrunkCosines(dots: usize, lengths: usize, count: usize, length: f32, shrinkage: f32): void {
  for (let at: usize = 0; at < count << 2; at += 16) {
    const dot = v128.load(dots + at);
    const cosine = f32x4.div(dot, f32x4.add(f32x4.mul(f32x4.splat(length), v128.load(lengths + at)), f32x4.splat(shrinkage)));
    v128.store(dots + at, v128.bitselect(cosine, f32x4.splat(NaN), f32x4.gt(dot, f32x4.splat(0))));
  }
}
