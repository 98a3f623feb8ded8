import fc from '../harness/properties.ts';
import { ScoreRoom } from '../../math/kernels/score-room.ts';
import { seeded } from '../../math/random.ts';
import { ranks as rankPlainly } from '../../math/reference/ranks.ts';
import { shrunkCosines } from '../../math/reference/shrunk-cosines.ts';
import { standardise as plainly } from '../../math/reference/standardise.ts';
import { topK } from '../../math/top-k.ts';

const millionths = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1e6);
/** Of few numbers, so that some are equal. */
const score = fc.oneof(millionths, fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity, -0));
const lists = fc.array(score, { maxLength: 40 });

/** In a room of its own length, whose arrays held large numbers before. */
function placed(list: ArrayLike<number>): { room: ScoreRoom; scores: Float32Array } {
  const room = new ScoreRoom(list.length),
    scores = room.take().fill(1e9);
  scores.set(list);
  return { room, scores };
}
const finite = (list: Float32Array): number => list.reduce((sum, value) => sum + Number(Number.isFinite(value)), 0);

/** The z-scores by the kernels, and how many scores were finite. */
function standardised(list: ArrayLike<number>): { count: number; scores: number[] } {
  const { room, scores } = placed(list),
    out = room.take(),
    { count, ...moments } = room.moments(scores);
  room.weightedSum([{ values: scores, weight: 1, ...moments }], out);
  return { count, scores: [...out] };
}

test('standardises as the reference does, counts the finite scores, and makes the others NaN', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const given = Float32Array.from(list),
        { count, scores } = standardised(given);
      expect(count).toBe(finite(given));
      plainly(given.slice()).forEach((value, i) =>
        Number.isFinite(given[i]) ? expect(scores[i]).toBeCloseTo(value, 3) : expect(scores[i]).toBeNaN(),
      );
    }),
  );
});

test('keeps the digits of large scores, and takes rounding for no difference', () => {
  expect(standardised([1e6, 1e6 + 1]).scores).toEqual([-1, 1]);
  expect(standardised([0.1, 0.1, 0.1, NaN, 0.1]).scores).toEqual([0, 0, 0, NaN, 0]);
});

test('makes shrunk cosines of dot products as the reference does', () => {
  const pairs = fc.array(fc.tuple(millionths, fc.double({ min: 0.1, max: 100, noNaN: true })), { maxLength: 40 });
  fc.assert(
    fc.property(pairs, fc.constantFrom(0, 5), (list, shrinkage) => {
      const dots = Float32Array.from(list, ([dot]) => dot),
        lengths = Float32Array.from(list, ([, length]) => length),
        { room, scores } = placed(dots),
        placedLengths = room.take();
      placedLengths.set(lengths);
      room.shrunkCosines(scores, placedLengths, 3, shrinkage);
      shrunkCosines(dots, lengths, 3, shrinkage).forEach((cosine, i) =>
        cosine > 0 ? expect(scores[i]! / cosine).toBeCloseTo(1, 5) : expect(scores[i]).toBeNaN(),
      );
    }),
  );
});

test('ranks as the reference does, and makes NaN of what is not finite', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const given = Float32Array.from(list),
        expected = rankPlainly(given.slice()),
        { room, scores } = placed(given);
      expect(room.ranks(scores)).toBe(finite(given));
      expect([...scores]).toEqual([...expected].map((value) => (Number.isFinite(value) ? value : NaN)));
    }),
  );
});

const many = (count: number, draw: (random: () => number, i: number) => number): Float32Array => {
  const random = seeded(4);
  return Float32Array.from({ length: count }, (_, i) => draw(random, i));
};

test.each([
  ['none', new Float32Array(0)],
  ['numbers in any order', many(20_001, (random) => random() - 0.5)],
  ['a few far ahead', many(20_000, (random, i) => (i % 1000 === 7 ? 50 + random() : random()))],
  ['the best where nobody looks first', many(20_000, (random, i) => (i % 64 > 32 ? random() : -random()))],
  ['ascending', many(20_000, (_, i) => i)],
  ['equal', many(20_000, () => 1)],
  ['mostly unknown', many(20_000, (random) => (random() < 0.99 ? NaN : -random()))],
  ['some infinite', many(20_000, (random) => (random() < 0.5 ? random() : random() < 0.5 ? Infinity : -Infinity))],
])('the head is what top-k finds: %s', (_what, list) => {
  for (const count of [0, 1, 10, 1000, 30_000]) {
    const { room, scores } = placed(list),
      expected = new Int32Array(Math.min(count, list.length)),
      found = topK(list, expected);
    expect(room.head(scores, count)).toEqual(expected.subarray(0, found));
  }
});

test('sums what is known, and knows nothing where nobody does', () => {
  const room = new ScoreRoom(5),
    [a, b, out] = [room.take(), room.take(), room.take()];
  a.set([1, 2, NaN, -Infinity, 4]);
  b.set([14, NaN, 18, Infinity, 8]);
  room.weightedSum(
    [
      { values: a, weight: 0.5, mean: 0, scale: 1 },
      { values: b, weight: 0.5, mean: 10, scale: 0.5 },
    ],
    out,
  );
  expect([...out]).toEqual([1.5, 1, 2, NaN, 1.5]);
  room.weightedSum([], out);
  expect([...out]).toEqual([NaN, NaN, NaN, NaN, NaN]);
});

test('lends what was given back, and takes no array of another room', () => {
  const room = new ScoreRoom(3),
    one = room.take(),
    other = new ScoreRoom(3).take();
  expect(room.take()).not.toBe(one);
  room.give(one);
  room.give(other);
  expect(room.take()).toBe(one);
  expect(room.take()).not.toBe(other);
  expect(() => room.moments(other)).toThrow('not in this room');
});
