import { insert, laneOf } from './best';
import { multiplyAdd, sum, sums } from './vector';

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

/** The dot product of `vector` with each of `count` rows, times the row's `scale`; all arrays have room for a multiple of four. */
export function score(vector: usize, rows: usize, scale: usize, count: usize, width: usize, out: usize): void {
  for (let at: usize = 0; at < count << 2; at += 16) {
    v128.store(out + at, f32x4.mul(dotFour(vector, rows, width), v128.load(scale + at)));
    rows += 4 * width;
  }
}

/** The dot products of `vector` with the `count` rows whose numbers are in `index` (i32). */
export function scoreSome(vector: usize, rows: usize, count: usize, index: usize, width: usize, out: usize): void {
  for (let i: usize = 0; i < count << 2; i += 4) {
    const row = rows + <usize>load<u32>(index + i) * width;
    let total = f32x4.splat(0);
    for (let at: usize = 0; at < width; at += 16) total = multiplyAdd(v128.load(vector + at), v128.load(row + at), total);
    store<f32>(out + i, sum(total));
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
