import { MemoryPeak } from '../../jobs/training/memory.ts';
import { Arena } from '../../math/kernels/arena.ts';

test('the memory of kernels is part of the peak, and stays in it when it is given up', () => {
  const bytes = 64 * 2 ** 20;
  const peak = new MemoryPeak();
  peak.sample();
  const before = peak.bytes;
  const numbers = new Arena().f32(bytes / 4);
  peak.sample();
  expect(numbers.length).toBe(bytes / 4);
  expect(peak.bytes - before).toBeGreaterThan(0.9 * bytes);
});
