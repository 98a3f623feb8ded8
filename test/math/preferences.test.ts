import { foldPreferences, preferenceRows, starPreferences, usualScale } from '../../math/preferences.ts';
import { rowValues, sparseRows } from '../../math/sparse.ts';

const neutral3 = { ...usualScale, neutral: 3 };

describe('preferences from stars', () => {
  test('count the weight for having chosen a film, more for liking it, less for disliking it', () => {
    const stars = Float32Array.of(1, 3, 5);
    expect([...starPreferences(stars, neutral3)]).toEqual([-1, 1, 3]); // 1 + (5 − (9 + 5 × 3) / 8)
    expect([...starPreferences(stars, { ...neutral3, weight: 2 })]).toEqual([-2, 2, 6]);
    expect([...starPreferences(stars, { ...neutral3, spread: 0 })]).toEqual([1, 1, 1]);
  });

  test("follow each viewer's own mean", () => {
    const row = Int32Array.from({ length: 60 }, (_, i) => Math.floor(i / 30));
    const value = Float32Array.from(row, (r, i) => (i % 30 === 0 ? 3 : r === 0 ? 5 : 1));
    const weighed = preferenceRows(sparseRows(2, 30, { row, column: row.map((_, i) => i % 30), value }), neutral3);
    expect(rowValues(weighed, 0)[0]).toBeLessThan(0); // 3 stars of a generous viewer
    expect(rowValues(weighed, 1)[0]).toBeGreaterThan(2); // 3 stars of a strict one
  });
});

test('of several weights for one film the last one counts', () => {
  const { films, weight } = foldPreferences([
    { films: Int32Array.of(9, 4), weight: Float32Array.of(0.5, 0.5) },
    { films: Int32Array.of(), weight: Float32Array.of() },
    { films: Int32Array.of(4, 2), weight: Float32Array.of(-1, 2) },
  ]);
  expect([[...films], [...weight]]).toEqual([
    [2, 4, 9],
    [2, -1, 0.5],
  ]);
});
