import fc from '../harness/properties.ts';
import { topK } from '../../math/top-k.ts';

/** Slow and obvious: sort everything. */
const reference = (scores: readonly number[], k: number): number[] =>
  scores
    .map((score, i) => [score, i] as const)
    .filter(([score]) => Number.isFinite(score))
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, k)
    .map(([, i]) => i);

// Few distinct values, so that there are many ties.
const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity, 0.5), fc.float({ noNaN: true }));

test.each([Float32Array, Float64Array])('agrees with sorting all finite scores, ties by lower index (%p)', (Scores) => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.nat(20), (list, k) => {
      const scores = Scores.from(list);
      const into = new Int32Array(k).fill(-1);
      const count = topK(scores, into);
      expect([...into.subarray(0, count)]).toEqual(reference([...scores], k));
      expect([...into.subarray(count)].every((place) => place === -1)).toBe(true);
    }),
  );
});

test('passes over what is not allowed, and asks only about what would come in', () => {
  const scores = Float32Array.from({ length: 1000 }, (_, i) => 1000 - i),
    into = new Int32Array(3);
  let asked = 0;
  const odd = (index: number): boolean => {
    asked++;
    return index % 2 === 1;
  };
  expect([...into.subarray(0, topK(scores, into, odd))]).toEqual([1, 3, 5]);
  expect(asked).toBe(6);
});
