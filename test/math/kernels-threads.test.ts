import { Arena } from '../../math/kernels/arena.ts';
import { invertSymmetric } from '../../math/kernels/inverse.ts';
import { together } from '../../math/kernels/threads.ts';
import { gaussian, positiveDefinite } from './kernels-data.ts';

describe.each([1, 2])('with %i threads', (threads) => {
  test('an abort ends the work with the reason of the signal', async () => {
    const controller = new AbortController();
    const matrix = positiveDefinite(640, 1);
    const told: number[] = [];
    const progress = (fraction: number): void => {
      told.push(fraction);
      if (told.length === 2) controller.abort(new Error('enough'));
    };
    await expect(invertSymmetric(matrix, 640, { threads, progress, signal: controller.signal })).rejects.toThrow('enough');
    expect(told).toEqual([0.1, 0.2]);
  });

  test('work that is already given up does not begin', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(invertSymmetric(gaussian(1, 1), 1, { threads, signal })).rejects.toThrow('too late');
  });

  test('a kernel that fails fails the work', async () => {
    const arena = new Arena();
    const beyond = 2 ** 31;
    const work = together(arena, { threads }, 64, ({ run }) => run({ kernel: 'gram', total: 2, step: 1, same: [beyond, 4, 32, beyond] }));
    await expect(work).rejects.toThrow('memory access out of bounds');
  });

  test('every part is done once', async () => {
    const arena = new Arena();
    const rows = arena.f32(1000 * 8).fill(1);
    const gram = arena.f32(64);
    const same = [rows.byteOffset, 1000, 32, gram.byteOffset];
    await together(arena, { threads }, 0, ({ run }) => run({ kernel: 'gram', total: 2, step: 1, same }));
    expect(gram[0]).toBe(1000);
    expect(gram[63]).toBe(1000);
  });
});

test('an abort reaches a calling thread that computes', async () => {
  const signal = AbortSignal.timeout(60);
  const rows = new Arena();
  const items = rows.f32(4_000_000);
  const gram = rows.f32(64 * 64);
  const same = [items.byteOffset, items.length / 64, 256, gram.byteOffset];
  const run = together(rows, { signal }, 0, async (team) => {
    for (;;) await team.run({ kernel: 'gram', total: 16, step: 1, same });
  });
  await expect(run).rejects.toThrow('aborted due to timeout');
});

test('says how many threads there cannot be', async () => {
  await expect(invertSymmetric(gaussian(1, 1), 1, { threads: 0 })).rejects.toThrow('There cannot be 0 threads.');
});
