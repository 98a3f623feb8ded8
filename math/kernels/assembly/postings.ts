/** Rows that are fetched together, before the first of them is read: waiting for memory once serves for all of them. */
const AHEAD: usize = 8;
/** A row's bytes that are fetched so: what follows comes by itself. */
const FIRST: usize = 256;

/**
 * sums += Σ weights[row] · row over `rows` sparse rows (a multiple of four): row r has the entries start[r] … start[r + 1] − 1,
 * each of 32 bits: a column in the lowest `bits` of them, and above these a signed number in units of units[r]. Rows of weight 0
 * cost next to nothing.
 * @param queue room for the numbers of all rows
 * @returns nothing that means anything: it depends on what was fetched, so that fetching is not left out
 */
export function addPostings(weights: usize, units: usize, rows: usize, start: usize, entries: usize, bits: i32, sums: usize, queue: usize): u32 {
  const end = gather(weights, rows, queue);
  let seen: u32 = 0;
  for (let first = queue; first < end; first += AHEAD << 2) {
    const last = min(end, first + (AHEAD << 2));
    for (let at = first; at < last; at += 4) seen |= fetch(start + ((<usize>load<u32>(at)) << 2), entries);
    for (let at = first; at < last; at += 4) {
      const row = (<usize>load<u32>(at)) << 2;
      const from = entries + ((<usize>load<u32>(start + row)) << 2);
      const to = entries + ((<usize>load<u32>(start + row, 4)) << 2);
      addRow(load<f32>(weights + row) * load<f32>(units + row), from, to, bits, sums);
    }
  }
  return seen;
}

/** Puts the numbers of the rows whose weight is not 0 into the queue; gives its end. */
function gather(weights: usize, rows: usize, queue: usize): usize {
  let end = queue;
  for (let row: usize = 0; row < rows; row += 4) {
    if (!v128.any_true(v128.load(weights + (row << 2)))) continue;
    for (let one = row; one < row + 4; one++) {
      if (load<f32>(weights + (one << 2)) == 0) continue;
      store<u32>(end, <u32>one);
      end += 4;
    }
  }
  return end;
}

/** Reads a number of each line of memory where the row begins. */
function fetch(start: usize, entries: usize): u32 {
  const from = entries + ((<usize>load<u32>(start)) << 2);
  const to = min(from + FIRST, entries + ((<usize>load<u32>(start, 4)) << 2));
  let seen: u32 = 0;
  for (let at = from; at < to; at += 64) seen |= load<u32>(at);
  return seen;
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
