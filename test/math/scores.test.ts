import fc from 'fast-check';
import { interestRows, interests, meanStars } from '../../math/interest.ts';
import { ranks } from '../../math/ranks.ts';
import { shares } from '../../math/shares.ts';
import { rowValues, sparseRows } from '../../math/sparse.ts';
import { standardise } from '../../math/standardise.ts';

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

describe('interests', () => {
  test('count 1 for having chosen a film, more for liking it, less for disliking it', () => {
    const [low, unrated, high] = interests(Float32Array.of(1, NaN, 5), 3, 1);
    expect(unrated).toBe(1);
    expect(high).toBe(3); // 1 + (5 − (1 + 5 + 5 × 3) / 7)
    expect(low).toBe(-1);
  });

  test('are 1 without stars and where stars do not count', () => {
    expect([...interests(Float32Array.of(NaN, NaN), 3, 1)]).toEqual([1, 1]);
    expect([...interests(Float32Array.of(1, 5), 3, 0)]).toEqual([1, 1]);
  });

  test("follow each viewer's own mean", () => {
    const rows = Int32Array.from({ length: 60 }, (_, i) => Math.floor(i / 30));
    const value = Float32Array.from(rows, (row, i) => (i % 30 === 0 ? 3 : row === 0 ? 5 : 1));
    const weighed = interestRows(sparseRows(2, 30, { row: rows, column: rows.map((_, i) => i % 30), value }), 3, 1);
    expect(rowValues(weighed, 0)[0]).toBeLessThan(0); // 3 stars of a generous viewer
    expect(rowValues(weighed, 1)[0]).toBeGreaterThan(2); // 3 stars of a strict one
  });

  test('take the middle of the scale as the mean of no stars', () => {
    expect(meanStars(new Float32Array(0))).toBe(3);
    expect(meanStars(Float32Array.of(NaN, 4, 5))).toBe(4.5);
  });
});

test('shares are the fractions of what is positive, largest first', () => {
  expect(shares(Int32Array.of(3, 5, 8, 9), Float64Array.of(1, -4, 3, 0))).toEqual([
    { film: 8, share: 0.75 },
    { film: 3, share: 0.25 },
  ]);
  expect(shares(Int32Array.of(3), Float64Array.of(-1))).toEqual([]);
});
