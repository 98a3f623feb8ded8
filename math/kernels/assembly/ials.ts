import { solve } from './cholesky';
import { addGram } from './gemm';
import { multiplyAdd } from './vector';

/** So many rows of the other side are summed at once: 32 to 128 KB, which a core's own cache holds. */
const PANEL: usize = 128;

/** Σ row rowᵀ over `count` rows of `width` bytes into `out`, zeros before: the upper triangle's tiles from … to − 1. */
export function gram(scratch: usize, from: usize, to: usize, rows: usize, count: usize, width: usize, out: usize): void {
  const end = rows + count * width;
  for (let panel = rows; panel < end; panel += PANEL * width) addGram(out, panel, min(end, panel + PANEL * width), width, from, to);
}

/**
 * The vectors of the rows from … to − 1 given the others': each solves (gram + Σ w y yᵀ + ridge · I) x = Σ w y over
 * its entries. An entry e has the vector y = others[index[e]] and the weight w = root[e]²: its vector is scaled by the
 * root when it is copied, so that the plain product of the copies holds the weights. A row without entries becomes 0.
 * The scratch holds PANEL vectors and one system.
 */
export function solveRows(
  scratch: usize,
  from: usize,
  to: usize,
  rows: usize,
  others: usize,
  gram: usize,
  start: usize,
  index: usize,
  root: usize,
  ridge: usize,
  width: usize,
): void {
  const system = scratch + PANEL * width;
  for (let row = from; row < to; row++) {
    const x = rows + row * width;
    let entry: usize = load<u32>(start + (row << 2));
    const end: usize = load<u32>(start + (row << 2), 4);
    memory.fill(x, 0, width);
    if (entry == end) continue;
    memory.copy(system, gram, (width >> 2) * width);
    addToDiagonal(system, width, load<f32>(ridge + (row << 2)));
    for (; entry < end; entry += PANEL) {
      const stop = gather(scratch, x, others, index, root, entry, min(end, entry + PANEL), width);
      addGram(system, scratch, stop, width, 0, width >> 4);
    }
    solve(system, x, width);
  }
}

function addToDiagonal(system: usize, width: usize, value: f32): void {
  for (let at = system; at < system + (width >> 2) * width; at += width + 4) store<f32>(at, load<f32>(at) + value);
}

/** Copies the vectors of the entries from … to − 1 side by side, scaled, and adds Σ w y to x. Gives the copies' end. */
function gather(panel: usize, x: usize, others: usize, index: usize, root: usize, from: usize, to: usize, width: usize): usize {
  for (let entry = from; entry < to; entry++) {
    const y = others + <usize>load<u32>(index + (entry << 2)) * width;
    const scale = v128.load_splat<f32>(root + (entry << 2));
    for (let c: usize = 0; c < width; c += 16) {
      const scaled = f32x4.mul(scale, v128.load(y + c));
      v128.store(panel + c, scaled);
      v128.store(x + c, multiplyAdd(scale, scaled, v128.load(x + c)));
    }
    panel += width;
  }
  return panel;
}
