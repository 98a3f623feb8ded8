import { addTile, EIGHT } from './gemm';
import { multiplyAdd, multiplySubtract, sum } from './vector';

/**
 * Solves system · x = x in place for a symmetric positive definite system of `width` / 4 rows, of which the upper
 * triangle is read. By its Cholesky factor U (system = UᵀU), which replaces it, row after row: what the rows above
 * take from four rows is one product of tiles. Uᵀy = x is solved along the way, U x = y at the end.
 * Where the system is not positive definite x becomes NaN. The width is a multiple of 32.
 */
export function solve(system: usize, x: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 16) {
    const row = system + (i >> 2) * width;
    for (let j = i & ~31; j < width; j += EIGHT) addTile(row + j, width, system + i, width, row + i, system + j, width, -1);
    for (let k: usize = 0; k < 16; k += 4) finishRow(system, x, width, i, k);
  }
  substituteBack(system, x, width);
}

/**
 * Row i + k (counted in bytes, as columns are) of U: takes what the rows from i on owe, divides by the pivot's root,
 * and takes this row's share from the right side. Its diagonal keeps 1 / U, which both substitutions multiply by.
 */
function finishRow(system: usize, x: usize, width: usize, i: usize, k: usize): void {
  const first = system + (i >> 2) * width;
  const row = first + (k >> 2) * width;
  for (let above = first; above < row; above += width) {
    const factor = v128.load_splat<f32>(above + i + k);
    for (let c = i; c < width; c += 16) v128.store(row + c, multiplySubtract(factor, v128.load(above + c), v128.load(row + c)));
  }
  const inverse: f32 = 1 / sqrt<f32>(load<f32>(row + i + k));
  // Left of the diagonal lies what the tiles left there, which must not reach the right side.
  for (let c = i; c < i + k; c += 4) store<f32>(row + c, 0);
  const y = load<f32>(x + i + k) * inverse;
  const scale = f32x4.splat(inverse);
  const share = f32x4.splat(y);
  for (let c = i; c < width; c += 16) {
    const u = f32x4.mul(scale, v128.load(row + c));
    v128.store(row + c, u);
    v128.store(x + c, multiplySubtract(share, u, v128.load(x + c)));
  }
  store<f32>(x + i + k, y);
  store<f32>(row + i + k, inverse);
}

/** Solves UᵀU x = x in place, by the factor that solve() left in the place of its system. */
export function substitute(factor: usize, x: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 4) {
    const row = factor + (i >> 2) * width;
    const y = load<f32>(x + i) * load<f32>(row + i);
    const share = f32x4.splat(y);
    // Left of the diagonal are zeros as far as this reaches; on it stands an inverse.
    for (let c = i & ~15; c < width; c += 16) v128.store(x + c, multiplySubtract(share, v128.load(row + c), v128.load(x + c)));
    store<f32>(x + i, y);
  }
  substituteBack(factor, x, width);
}

/** U x = y, from the last row up. */
function substituteBack(system: usize, x: usize, width: usize): void {
  for (let i = width; i > 0;) {
    i -= 4;
    const row = system + (i >> 2) * width;
    const next = (i + 16) & ~15;
    let rest: f32 = 0;
    for (let c = i + 4; c < next; c += 4) rest += load<f32>(row + c) * load<f32>(x + c);
    let four = f32x4.splat(0);
    for (let c = next; c < width; c += 16) four = multiplyAdd(v128.load(row + c), v128.load(x + c), four);
    store<f32>(x + i, (load<f32>(x + i) - rest - sum(four)) * load<f32>(row + i));
  }
}
