/**
 * sums += Σ weights[row] · row over `rows` sparse rows (a multiple of four): row r has the entries start[r] … start[r + 1] − 1,
 * each a column (u32) and a number (f32), so that a short row is one piece of memory. Rows of weight 0 cost next to nothing.
 */
export function addPostings(weights: usize, rows: usize, start: usize, entries: usize, sums: usize): void {
  for (let row: usize = 0; row < rows << 2; row += 16) {
    if (!v128.any_true(v128.load(weights + row))) continue;
    for (let at = row; at < row + 16; at += 4) {
      const weight = load<f32>(weights + at);
      if (weight == 0) continue;
      addRow(weight, entries + ((<usize>load<u32>(start + at)) << 3), entries + ((<usize>load<u32>(start + at, 4)) << 3), sums);
    }
  }
}

/** The columns of a row differ, so that four of them can be read before the first is written. */
function addRow(weight: f32, from: usize, to: usize, sums: usize): void {
  let e = from;
  for (; e + 32 <= to; e += 32) {
    const a = sums + ((<usize>load<u32>(e)) << 2);
    const b = sums + ((<usize>load<u32>(e, 8)) << 2);
    const c = sums + ((<usize>load<u32>(e, 16)) << 2);
    const d = sums + ((<usize>load<u32>(e, 24)) << 2);
    const p = load<f32>(a) + weight * load<f32>(e, 4);
    const q = load<f32>(b) + weight * load<f32>(e, 12);
    const r = load<f32>(c) + weight * load<f32>(e, 20);
    const s = load<f32>(d) + weight * load<f32>(e, 28);
    store<f32>(a, p);
    store<f32>(b, q);
    store<f32>(c, r);
    store<f32>(d, s);
  }
  for (; e < to; e += 8) {
    const a = sums + ((<usize>load<u32>(e)) << 2);
    store<f32>(a, load<f32>(a) + weight * load<f32>(e, 4));
  }
}
