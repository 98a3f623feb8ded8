import { sameNumbers } from '../../math/same.ts';

test('the same numbers in the same places are the same, NaN among them', () => {
  const stars = Float32Array.of(4.5, NaN, 0);
  expect(sameNumbers(stars, Float32Array.of(4.5, NaN, 0))).toBe(true);
  expect(sameNumbers(new Int32Array(), [])).toBe(true);
  for (const other of [
    [4.5, NaN],
    [4.5, 0, NaN],
    [4.5, NaN, 1],
    [NaN, NaN, 0],
  ])
    expect(sameNumbers(stars, other)).toBe(false);
});
