import { Arena, gather, spread } from '../../math/kernels/arena.ts';

test('arrays begin at multiples of 64 bytes, one after the other, and grow over pages', () => {
  const arena = new Arena();
  const arrays = [arena.f32(1), arena.i32(17), arena.f32(100_000), arena.i32(1)];
  let end = 65_536;
  for (const array of arrays) {
    expect(array.byteOffset % 64).toBe(0);
    expect(array.byteOffset).toBeGreaterThanOrEqual(end);
    end = array.byteOffset + array.byteLength;
    array.fill(7);
  }
  expect(arrays.every((array) => array.every((value) => value === 7))).toBe(true);
});

test('says how much it wanted when it does not fit', () => {
  const arena = new Arena();
  arena.f32(2 ** 20);
  expect(() => arena.f32(2 ** 30)).toThrow(
    'The kernels need 4,096 MB more than the 4 MB they have, and cannot get them: at most 4,096 MB are possible.',
  );
});

test('rows are spread to whole vectors and gathered again', () => {
  const rows = Float32Array.of(1, 2, 3, 4, 5, 6);
  const wide = new Float32Array(8);
  spread(rows, 3, wide, 4);
  expect([...wide]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
  expect([...gather(wide, 4, 3)]).toEqual([...rows]);
});

test('the garbage collector counts what an arena holds', () => {
  const before = process.memoryUsage().arrayBuffers;
  const array = new Arena().f32(2 ** 24);
  expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(array.byteLength / 2);
});
