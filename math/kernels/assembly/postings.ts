/**
 * sums += Σ weights[row] · row over `rows` sparse rows (a multiple of four): row r has the entries start[r] … start[r + 1] − 1,
 * each of 32 bits: a column in the lowest `bits` of them, and above these a signed number in units of units[r]. Rows of weight 0
 * cost next to nothing.
 */
export function addPostings(weights: usize, units: usize, rows: usize, start: usize, entries: usize, bits: i32, sums: usize): void {
  for (let row: usize = 0; row < rows << 2; row += 16) {
    if (!v128.any_true(v128.load(weights + row))) continue;
    for (let at = row; at < row + 16; at += 4) {
      const weight = load<f32>(weights + at);
      if (weight == 0) continue;
      const from = entries + ((<usize>load<u32>(start + at)) << 2);
      addRow(weight * load<f32>(units + at), from, entries + ((<usize>load<u32>(start + at, 4)) << 2), bits, sums);
    }
  }
}

/** The columns of a row differ, so that four of them can be read before the first is written. */
function addRow(weight: f32, from: usize, to: usize, bits: i32, sums: usize): void {
  const mask: u32 = ((<u32>1) << bits) - 1;
  const masks = i32x4.splat(mask);
  const weights = f32x4.splat(weight);
  let e = from;
  for (; e + 16 <= to; e += 16) {
    const entry = v128.load(e);
    const column = i32x4.shl(v128.and(entry, masks), 2);
    const part = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(entry, bits)), weights);
    const a = sums + <usize>i32x4.extract_lane(column, 0);
    const b = sums + <usize>i32x4.extract_lane(column, 1);
    const c = sums + <usize>i32x4.extract_lane(column, 2);
    const d = sums + <usize>i32x4.extract_lane(column, 3);
    const p = load<f32>(a) + f32x4.extract_lane(part, 0);
    const q = load<f32>(b) + f32x4.extract_lane(part, 1);
    const r = load<f32>(c) + f32x4.extract_lane(part, 2);
    const s = load<f32>(d) + f32x4.extract_lane(part, 3);
    store<f32>(a, p);
    store<f32>(b, q);
    store<f32>(c, r);
    store<f32>(d, s);
  }
  for (; e < to; e += 4) {
    const entry = load<i32>(e);
    const a = sums + ((<usize>((<u32>entry) & mask)) << 2);
    store<f32>(a, load<f32>(a) + weight * <f32>(entry >> bits));
  }
}
