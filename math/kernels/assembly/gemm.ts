import { multiplyAdd } from './vector';

/** The addresses of two matrices' columns side by side in memory: 4 floats, 8 floats. */
export const FOUR: usize = 16;
export const EIGHT: usize = 32;

/**
 * The tile that all dense kernels are made of: out += sign · Σ a bᵀ, 4 × 8, in eight accumulators.
 * One step of the sum takes 4 floats at `a` and 8 at `b`; there are (end − a) / stepA of them.
 * Rows of `out` lie `width` bytes apart. (Two steps an iteration would need more registers than there are.)
 */
export function addTile(out: usize, width: usize, a: usize, stepA: usize, end: usize, b: usize, stepB: usize, sign: f32): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = multiplyAdd(x, b0, c00);
    c01 = multiplyAdd(x, b1, c01);
    x = v128.load_splat<f32>(a, 4);
    c10 = multiplyAdd(x, b0, c10);
    c11 = multiplyAdd(x, b1, c11);
    x = v128.load_splat<f32>(a, 8);
    c20 = multiplyAdd(x, b0, c20);
    c21 = multiplyAdd(x, b1, c21);
    x = v128.load_splat<f32>(a, 12);
    c30 = multiplyAdd(x, b0, c30);
    c31 = multiplyAdd(x, b1, c31);
    a += stepA;
    b += stepB;
  }
  const s = f32x4.splat(sign);
  addTo(out, s, c00, c01);
  addTo(out + width, s, c10, c11);
  addTo(out + 2 * width, s, c20, c21);
  addTo(out + 3 * width, s, c30, c31);
}

function addTo(out: usize, sign: v128, low: v128, high: v128): void {
  v128.store(out, multiplyAdd(sign, low, v128.load(out)));
  v128.store(out, multiplyAdd(sign, high, v128.load(out, 16)), 16);
}

/**
 * out += Σ row rowᵀ over the rows of `width` bytes from `panel` to `end`, in the upper triangle (and what of the lower
 * one its 4 × 8 tiles touch), for the tiles `from` … `to` − 1, each four rows of `out`. The width is a multiple of 32.
 */
export function addGram(out: usize, panel: usize, end: usize, width: usize, from: usize, to: usize): void {
  for (let tile = from; tile < to; tile++) {
    const i = <usize>tile * FOUR;
    for (let j = i & ~31; j < width; j += EIGHT) {
      addTile(out + (i >> 2) * width + j, width, panel + i, width, end + i, panel + j, width, 1);
    }
  }
}
