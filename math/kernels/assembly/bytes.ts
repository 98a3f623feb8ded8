import { multiplyAdd } from './vector';

/** Four signed bytes of sixteen, as numbers: those from the lane 4 · `part` on. */
function numbers(low: v128, high: v128, part: usize): v128 {
  const half = part < 2 ? low : high;
  return f32x4.convert_i32x4_s(part & 1 ? i32x4.extend_high_i16x8_s(half) : i32x4.extend_low_i16x8_s(half));
}

/** sums += amount · row, over `width` columns (a multiple of 16) of signed bytes. */
function addRow(row: usize, amount: v128, width: usize, sums: usize): void {
  for (let at: usize = 0; at < width; at += 16) {
    const bytes = v128.load(row + at);
    const low = i16x8.extend_low_i8x16_s(bytes);
    const high = i16x8.extend_high_i8x16_s(bytes);
    const out = sums + (at << 2);
    v128.store(out, multiplyAdd(amount, numbers(low, high, 0), v128.load(out)));
    v128.store(out, multiplyAdd(amount, numbers(low, high, 1), v128.load(out, 16)), 16);
    v128.store(out, multiplyAdd(amount, numbers(low, high, 2), v128.load(out, 32)), 32);
    v128.store(out, multiplyAdd(amount, numbers(low, high, 3), v128.load(out, 48)), 48);
  }
}

/** Columns that are summed over all rows before the next ones: their sums stay in the nearest cache. */
const BLOCK: usize = 4096;

/** sums += Σ amount[k] · rows[index[k]] for `count` rows of `width` signed bytes each, a multiple of 16. */
export function addBytes(rows: usize, width: usize, count: usize, index: usize, amount: usize, sums: usize): void {
  for (let from: usize = 0; from < width; from += BLOCK) {
    const columns = min<usize>(BLOCK, width - from);
    for (let k: usize = 0; k < count << 2; k += 4) {
      addRow(rows + <usize>load<u32>(index + k) * width + from, v128.load32_splat(amount + k), columns, sums + (from << 2));
    }
  }
}
