import { multiplyAdd, sums } from './vector';

/** The dot products of `vector` with four rows of `width` bytes (a multiple of 16) from `row` on. */
function dotFour(vector: usize, row: usize, width: usize): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let at: usize = 0; at < width; at += 16) {
    const x = v128.load(vector + at);
    const y = row + at;
    a = multiplyAdd(x, v128.load(y), a);
    b = multiplyAdd(x, v128.load(y + width), b);
    c = multiplyAdd(x, v128.load(y + 2 * width), c);
    d = multiplyAdd(x, v128.load(y + 3 * width), d);
  }
  return sums(a, b, c, d);
}

/** The dot product of `vector` with each of `count` rows; `rows` and `out` have room for a multiple of four. */
export function score(vector: usize, rows: usize, count: usize, width: usize, out: usize): void {
  for (let i: usize = 0; i < count; i += 4) {
    v128.store(out, dotFour(vector, rows, width));
    rows += 4 * width;
    out += 16;
  }
}

/**
 * The `k` rows with the largest dot products, best first, in `index` and `value`; of equals the lower row comes first.
 * Four rows are scored at once, and compared at once with the worst of the best so far, which most of them fail.
 * @returns how many were found: k, unless there are fewer rows that have a number for a score
 */
export function top(vector: usize, rows: usize, count: usize, width: usize, k: usize, index: usize, value: usize): usize {
  if (k == 0) return 0;
  let found: usize = 0;
  let threshold: f32 = -f32.MAX_VALUE;
  for (let i: usize = 0; i < count; i += 4) {
    const scores = dotFour(vector, rows, width);
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

function laneOf(v: v128, lane: usize): f32 {
  if (lane < 2) return lane == 0 ? f32x4.extract_lane(v, 0) : f32x4.extract_lane(v, 1);
  return lane == 2 ? f32x4.extract_lane(v, 2) : f32x4.extract_lane(v, 3);
}

/** Puts a row where it belongs among the best; the one at place `last` falls out. */
function insert(score: f32, row: usize, last: usize, index: usize, value: usize): void {
  let at = last << 2;
  while (at > 0 && load<f32>(value + at - 4) < score) {
    store<f32>(value + at, load<f32>(value + at - 4));
    store<i32>(index + at, load<i32>(index + at - 4));
    at -= 4;
  }
  store<f32>(value + at, score);
  store<u32>(index + at, row);
}
