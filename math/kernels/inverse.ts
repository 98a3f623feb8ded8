import { Arena, spread } from './arena.ts';
import { padded } from './sizes.ts';
import { together, type Work } from './threads.ts';

export type { Work } from './threads.ts';

/** As in assembly/inverse.ts: so many rows are swept at a time. */
const BLOCK = 64;

/**
 * The inverse of a symmetric positive definite matrix, n × n row-major, in place, in single precision. Only the lower
 * triangle is read. About n³ operations, and memory for the matrix once more. The same bits for any number of threads.
 * Throws RangeError that says what is wrong where the matrix is not positive definite, and then leaves it as it was.
 */
export async function invertSymmetric(matrix: Float32Array, n: number, work: Work = {}): Promise<void> {
  if (matrix.length !== n * n) throw new RangeError(`${matrix.length} numbers are no ${n} × ${n} matrix.`);
  const arena = new Arena();
  const size = padded(n, BLOCK);
  const inside = arena.f32(size * size);
  spread(matrix, n, inside, size);
  for (let i = n; i < size; i++) inside[i * size + i] = 1;
  await together(arena, work, 8 * BLOCK * 4, async ({ kernels, run }) => {
    const diagonal = arena.f32(size);
    for (let i = 0; i < size; i++) diagonal[i] = inside[i * size + i]!;
    const block = arena.f32(BLOCK * BLOCK).byteOffset;
    const exact = arena.f32(BLOCK * BLOCK * 2).byteOffset;
    const fours = arena.f32(size * BLOCK).byteOffset;
    const eights = arena.f32(size * BLOCK).byteOffset;
    const rows = { total: size, step: BLOCK };
    for (let k = 0; k < size; k += BLOCK) {
      const failed = kernels.pivot(inside.byteOffset, size, k, diagonal.byteOffset, exact, block);
      if (failed >= 0) throw new RangeError(`The matrix is not positive definite: ${reason(failed, diagonal[failed]!)}.`);
      const same = [inside.byteOffset, size, k, block, fours, eights];
      await run({ kernel: 'panel', ...rows, same });
      await run({ kernel: 'update', ...rows, same });
      work.progress?.((k + BLOCK) / size);
    }
  });
  mirrorNegated(inside, size, matrix, n);
}

function reason(row: number, diagonal: number): string {
  return diagonal > 0
    ? `row ${row} is a combination of the rows before it, or nearly so`
    : `the number ${diagonal} on the diagonal of row ${row} is not above 0`;
}

/** What is swept is minus the inverse, and its lower triangle only. Square by square, which the cache likes. */
function mirrorNegated(swept: Float32Array, size: number, into: Float32Array, n: number): void {
  for (let top = 0; top < n; top += BLOCK) {
    for (let left = 0; left <= top; left += BLOCK) {
      for (let i = top; i < Math.min(n, top + BLOCK); i++) {
        for (let j = left; j < Math.min(i + 1, left + BLOCK); j++) {
          const value = -swept[i * size + j]!;
          into[i * n + j] = value;
          into[j * n + i] = value;
        }
      }
    }
  }
}
