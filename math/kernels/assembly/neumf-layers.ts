import { multiplyAdd, sums } from './vector';

/** Outputs that are computed at once: 16 numbers. */
const PANEL: usize = 64;

/**
 * A dense layer without its activation: out = start + x · weights. `inputs` and `width`, those of x and of out, are
 * bytes, multiples of 16; the weights are inputs × outputs. `start` and `out` may be the same.
 */
export function dense(x: usize, inputs: usize, weights: usize, start: usize, out: usize, width: usize): void {
  let at: usize = 0;
  for (; at + PANEL <= width; at += PANEL) {
    let a = v128.load(start + at);
    let b = v128.load(start + at, 16);
    let c = v128.load(start + at, 32);
    let d = v128.load(start + at, 48);
    let row = weights + at;
    for (let i: usize = 0; i < inputs; i += 4) {
      const v = v128.load32_splat(x + i);
      a = multiplyAdd(v, v128.load(row), a);
      b = multiplyAdd(v, v128.load(row, 16), b);
      c = multiplyAdd(v, v128.load(row, 32), c);
      d = multiplyAdd(v, v128.load(row, 48), d);
      row += width;
    }
    v128.store(out + at, a);
    v128.store(out + at, b, 16);
    v128.store(out + at, c, 32);
    v128.store(out + at, d, 48);
  }
  for (; at < width; at += 16) v128.store(out + at, f32x4.add(v128.load(start + at), column(x, inputs, weights + at, width)));
}

/** x · four columns of the weights: four sums of their own, so that no addition waits for the one before. */
function column(x: usize, inputs: usize, row: usize, width: usize): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let i: usize = 0; i < inputs; i += 16) {
    a = multiplyAdd(v128.load32_splat(x + i), v128.load(row), a);
    b = multiplyAdd(v128.load32_splat(x + i, 4), v128.load(row + width), b);
    c = multiplyAdd(v128.load32_splat(x + i, 8), v128.load(row + 2 * width), c);
    d = multiplyAdd(v128.load32_splat(x + i, 12), v128.load(row + 3 * width), d);
    row += 4 * width;
  }
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

/** Negative numbers become 0. */
export function rectify(x: usize, width: usize): void {
  for (let at: usize = 0; at < width; at += 16) v128.store(x + at, f32x4.max(v128.load(x + at), f32x4.splat(0)));
}

/** Numbers become 0 where the activation is 0: the slope of the rectifier. */
export function gate(slope: usize, activation: usize, width: usize): void {
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(slope + at, v128.and(v128.load(slope + at), f32x4.gt(v128.load(activation + at), f32x4.splat(0))));
  }
}

/** A layer's way back to its input: out = weights · slope. */
export function back(inputs: usize, weights: usize, slope: usize, width: usize, out: usize): void {
  for (let i: usize = 0; i < inputs; i += 16) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let at: usize = 0; at < width; at += 16) {
      const row = weights + at;
      const s = v128.load(slope + at);
      a = multiplyAdd(s, v128.load(row), a);
      b = multiplyAdd(s, v128.load(row + width), b);
      c = multiplyAdd(s, v128.load(row + 2 * width), c);
      d = multiplyAdd(s, v128.load(row + 3 * width), d);
    }
    v128.store(out + i, sums(a, b, c, d));
    weights += 4 * width;
  }
}

/** The same, adding x · slopeᵀ to the weights' gradient, `gradient` bytes behind them. */
export function backAndLearn(x: usize, inputs: usize, weights: usize, gradient: usize, slope: usize, width: usize, out: usize): void {
  for (let i: usize = 0; i < inputs; i += 16) {
    const v = v128.load32_splat(x + i);
    const w = v128.load32_splat(x + i, 4);
    const y = v128.load32_splat(x + i, 8);
    const z = v128.load32_splat(x + i, 12);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let at: usize = 0; at < width; at += 16) {
      const s = v128.load(slope + at);
      let row = weights + at;
      a = multiplyAdd(s, v128.load(row), a);
      addTo(row + gradient, v, s);
      row += width;
      b = multiplyAdd(s, v128.load(row), b);
      addTo(row + gradient, w, s);
      row += width;
      c = multiplyAdd(s, v128.load(row), c);
      addTo(row + gradient, y, s);
      row += width;
      d = multiplyAdd(s, v128.load(row), d);
      addTo(row + gradient, z, s);
    }
    v128.store(out + i, sums(a, b, c, d));
    weights += 4 * width;
  }
}

function addTo(at: usize, a: v128, b: v128): void {
  v128.store(at, multiplyAdd(a, b, v128.load(at)));
}

/** to ← to + scale · from */
export function addScaled(to: usize, scale: v128, from: usize, width: usize): void {
  for (let at: usize = 0; at < width; at += 16) addTo(to + at, scale, v128.load(from + at));
}

/** 1 / (1 + e⁻ˣ); e to the power of a number as 2ᵏ · eʳ with |r| ≤ ½ ln 2 and the first terms of the series. */
export function sigmoid(x: f32): f32 {
  const exponent = -min<f32>(max<f32>(x, -80), 80);
  const k = nearest(exponent * <f32>1.4426950408889634);
  const r = exponent - k * <f32>0.6931471805599453;
  let series: f32 = 1.0 / 720;
  series = series * r + <f32>(1.0 / 120);
  series = series * r + <f32>(1.0 / 24);
  series = series * r + <f32>(1.0 / 6);
  series = series * r + <f32>0.5;
  series = series * r + 1;
  series = series * r + 1;
  return <f32>1 / (<f32>1 + series * reinterpret<f32>((<i32>k + 127) << 23));
}
