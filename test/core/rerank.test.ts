import { handicap } from '../../recommend/again.ts';
import { calibrate, genresOf } from '../../recommend/calibration.ts';
import type { Viewer } from '../../recommend/algorithm.ts';
import type { FilmCard } from '../../recommend/ports.ts';

/** The first six films are dramas, the next ones comedies, and the last one is both. */
const cards = Array.from({ length: 13 }, (_, i): FilmCard => ({
  id: i + 1,
  title: `Film ${i}`,
  year: 2000,
  genres: i === 12 ? ['Drama', 'Comedy'] : [i < 6 ? 'Drama' : 'Comedy'],
  traits: new Int32Array(),
}));
const viewer = (liked: Readonly<Record<number, number>>): Viewer => ({
  unit: 1,
  films: new Int32Array(),
  stars: new Float32Array(),
  dismissed: new Int32Array(),
  preferences: { films: Int32Array.from(Object.keys(liked), Number), weight: Float32Array.from(Object.values(liked)) },
});
const comedies = (films: readonly number[]): number => films.filter((film) => cards[film]!.genres[0] === 'Comedy').length;

describe('calibration', () => {
  const target = genresOf(viewer({ 0: 2, 6: 1, 7: -5 }), { cards }),
    candidates = [0, 1, 2, 3, 4, 5, 6, 7, 8];

  test('takes the proportions from what the viewer likes, not from what is disliked', () => {
    expect(Object.fromEntries(target)).toEqual({ Drama: expect.closeTo(2 / 3), Comedy: expect.closeTo(1 / 3) });
    expect(Object.fromEntries(genresOf(viewer({ 12: 3 }), { cards }))).toEqual({ Drama: 0.5, Comedy: 0.5 });
    expect(genresOf(viewer({}), { cards }).size).toBe(0);
  });

  test('at 0 keeps the order, at 1 meets the proportions, best films of each genre first', () => {
    expect(calibrate(candidates, 6, 0, target, { cards })).toEqual([0, 1, 2, 3, 4, 5]);
    const strict = calibrate(candidates, 6, 1, target, { cards });
    expect(comedies(strict)).toBe(2);
    expect(strict.filter((film) => film < 6)).toEqual([0, 1, 2, 3]);
    const some = comedies(calibrate(candidates, 6, 0.3, target, { cards }));
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThanOrEqual(2);
  });

  test('leaves the list of somebody without a taste alone, and never gives a film twice', () => {
    expect(calibrate(candidates, 4, 1, new Map(), { cards })).toEqual([0, 1, 2, 3]);
    expect(new Set(calibrate(candidates, 20, 1, target, { cards })).size).toBe(candidates.length);
  });
});

test('a seen film loses three deviations at first, and half as much every so many days', () => {
  const scores = handicap(
    Float32Array.of(1, 1, 1, 1),
    [
      { film: 0, days: 0 },
      { film: 1, days: 30 },
      { film: 2, days: 60 },
      { film: 3, days: -5 },
    ],
    30,
    'standard',
  );
  expect([...scores]).toEqual([-2, -0.5, 0.25, -2]);
  expect(handicap(Float32Array.of(1), [{ film: 0, days: 10 }], 10, 'rank')[0]).toBe(0.5);
});
