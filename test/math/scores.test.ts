import fc from '../harness/properties.ts';
import { ranks } from '../../math/reference/ranks.ts';
import { shares } from '../../math/shares.ts';
import { standardise } from '../../math/reference/standardise.ts';

const score = fc.oneof(fc.double({ min: -1000, max: 1000, noNaN: true }), fc.constantFrom(NaN, Infinity, -Infinity));

describe('standardise', () => {
  test('gives mean 0 and deviation 1 over the finite scores, keeps their order and leaves the rest', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 40 }), (list) => {
        const before = Float32Array.from(list);
        const after = standardise(before.slice());
        const finite = [...before.keys()].filter((i) => Number.isFinite(before[i]!));
        const mean = finite.reduce((sum, i) => sum + after[i]!, 0) / (finite.length || 1);
        expect(mean).toBeCloseTo(0, 3);
        const variance = finite.reduce((sum, i) => sum + (after[i]! - mean) ** 2, 0) / (finite.length || 1);
        expect(variance < 1e-6 || Math.abs(variance - 1) < 1e-2).toBe(true);
        for (const i of before.keys()) if (!finite.includes(i)) expect(after[i]).toBe(before[i]);
        for (const i of finite) for (const j of finite) if (before[i]! > before[j]!) expect(after[i]!).toBeGreaterThanOrEqual(after[j]!);
      }),
    );
  });

  test('knows the numbers', () => {
    expect([...standardise(Float32Array.of(1, NaN, 3))]).toEqual([-1, NaN, 1]);
    expect([...standardise(Float32Array.of(1e6, 1e6 + 1))]).toEqual([-1, 1]);
  });

  test('gives 0 where scores do not differ', () => {
    expect([...standardise(Float32Array.of(0.1, 0.1, 0.1, NaN))]).toEqual([0, 0, 0, NaN]);
    expect([...standardise(Float32Array.of(NaN))]).toEqual([NaN]);
  });
});

test('ranks fall evenly from 1 to 0, ties share their mean, and leave what is not finite', () => {
  expect([...ranks(Float32Array.of(5, NaN, 9, 5, Infinity))]).toEqual([0.25, NaN, 1, 0.25, Infinity]);
  expect([...ranks(Float32Array.of(7))]).toEqual([1]);
  expect([...ranks(Float32Array.of(NaN))]).toEqual([NaN]);
});

test('shares are the fractions of what is positive, largest first', () => {
  expect(shares(Int32Array.of(3, 5, 8, 9), Float64Array.of(1, -4, 3, 0))).toEqual([
    { film: 8, share: 0.75 },
    { film: 3, share: 0.25 },
  ]);
  expect(shares(Int32Array.of(3), Float64Array.of(-1))).toEqual([]);
});
