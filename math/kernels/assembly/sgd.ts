import { multiplyAdd, sum } from './vector';

/**
 * Biased matrix factorisation by stochastic gradient descent: one pass over the ratings of the blocks from … to − 1,
 * counted from `first` on; block b holds the ratings start[b] … start[b + 1] − 1. No two blocks that run at the same
 * time may share a row or a column. The ratings are given without their mean.
 */
export function descend(
  scratch: usize,
  from: usize,
  to: usize,
  first: usize,
  start: usize,
  row: usize,
  column: usize,
  rating: usize,
  rowBias: usize,
  columnBias: usize,
  rows: usize,
  columns: usize,
  width: usize,
  rate: f32,
  regularisation: f32,
): void {
  const end: usize = load<u32>(start + ((first + to) << 2)) << 2;
  const keep: f32 = 1 - rate * regularisation;
  for (let entry: usize = load<u32>(start + ((first + from) << 2)) << 2; entry < end; entry += 4) {
    const r: usize = load<u32>(row + entry);
    const c: usize = load<u32>(column + entry);
    const p = rows + r * width;
    const q = columns + c * width;
    const a = rowBias + (r << 2);
    const b = columnBias + (c << 2);
    const step = rate * (load<f32>(rating + entry) - load<f32>(a) - load<f32>(b) - dot(p, q, width));
    store<f32>(a, keep * load<f32>(a) + step);
    store<f32>(b, keep * load<f32>(b) + step);
    move(p, q, width, f32x4.splat(step), f32x4.splat(keep));
  }
}

function dot(p: usize, q: usize, width: usize): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  for (let c: usize = 0; c < width; c += 32) {
    even = multiplyAdd(v128.load(p + c), v128.load(q + c), even);
    odd = multiplyAdd(v128.load(p + c, 16), v128.load(q + c, 16), odd);
  }
  return sum(f32x4.add(even, odd));
}

/** p ← keep · p + step · q, and q the same way with the p of before. */
function move(p: usize, q: usize, width: usize, step: v128, keep: v128): void {
  for (let c: usize = 0; c < width; c += 16) {
    const x = v128.load(p + c);
    const y = v128.load(q + c);
    v128.store(p + c, multiplyAdd(step, y, f32x4.mul(keep, x)));
    v128.store(q + c, multiplyAdd(step, x, f32x4.mul(keep, y)));
  }
}
