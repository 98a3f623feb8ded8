/**
 * sums += Σ weights[row] · row over `rows` sparse rows (a multiple of four) of ascending columns, as start, index and value
 * hold them. Rows of weight 0 cost next to nothing.
 */
export function addPostings(weights: usize, rows: usize, start: usize, index: usize, value: usize, sums: usize): void {
  for (let row: usize = 0; row < rows << 2; row += 16) {
    if (!v128.any_true(v128.load(weights + row))) continue;
    for (let at = row; at < row + 16; at += 4) {
      const weight = load<f32>(weights + at);
      if (weight != 0) addRow(weight, (<usize>load<u32>(start + at)) << 2, (<usize>load<u32>(start + at, 4)) << 2, index, value, sums);
    }
  }
}

/** The columns of a row differ, so that four of them can be read before the first is written. */
function addRow(weight: f32, from: usize, to: usize, index: usize, value: usize, sums: usize): void {
  const weights = f32x4.splat(weight);
  let e = from;
  for (; e + 16 <= to; e += 16) {
    const a = sums + ((<usize>load<u32>(index + e)) << 2);
    const b = sums + ((<usize>load<u32>(index + e, 4)) << 2);
    const c = sums + ((<usize>load<u32>(index + e, 8)) << 2);
    const d = sums + ((<usize>load<u32>(index + e, 12)) << 2);
    const parts = f32x4.mul(weights, v128.load(value + e));
    const p = load<f32>(a) + f32x4.extract_lane(parts, 0);
    const q = load<f32>(b) + f32x4.extract_lane(parts, 1);
    const r = load<f32>(c) + f32x4.extract_lane(parts, 2);
    const s = load<f32>(d) + f32x4.extract_lane(parts, 3);
    store<f32>(a, p);
    store<f32>(b, q);
    store<f32>(c, r);
    store<f32>(d, s);
  }
  for (; e < to; e += 4) {
    const a = sums + ((<usize>load<u32>(index + e)) << 2);
    store<f32>(a, load<f32>(a) + weight * load<f32>(value + e));
  }
}
