import fc from '../harness/properties.ts';
import { DotScorer } from '../../math/kernels/dot-scorer.ts';

import { best, scoresOf } from '../../math/reference/scores.ts';
import { gaussian } from './kernels-data.ts';

const size = fc.integer({ min: 1, max: 70 });

test('scores and best items agree with the reference', () => {
  fc.assert(
    fc.property(size, size, fc.integer({ min: 0, max: 80 }), fc.nat(1000), (count, factors, k, seed) => {
      const items = gaussian(count * factors, seed);
      const vector = gaussian(factors, seed + 1);
      const scorer = new DotScorer(items, factors);
      const scores = new Float32Array(count);
      scorer.scores(vector, scores);
      const expected = scoresOf(items, vector);
      for (let i = 0; i < count; i++) expect(scores[i]).toBeCloseTo(expected[i]!, 4);
      const { index, score } = scorer.top(vector, k);
      expect([...index]).toEqual(best(scores, k));
      expect([...score]).toEqual([...index].map((i) => scores[i]));
    }),
  );
});

test('of equal scores the lower index comes first, negative ones count, and what is not a number is left out', () => {
  const scorer = new DotScorer(Float32Array.of(-1, -3, NaN, -1, -2), 1);
  expect([...scorer.top(Float32Array.of(1), 9).index]).toEqual([0, 3, 4, 1]);
  expect([...scorer.top(Float32Array.of(1), 2).index]).toEqual([0, 3]);
});

test('says what is wrong with sizes', () => {
  expect(() => new DotScorer(new Float32Array(7), 3)).toThrow('7 numbers are no rows of 3 factors');
  expect(() => new DotScorer(new Float32Array(6), 3).top(new Float32Array(2), 1)).toThrow('The vector has 2 factors, the items have 3.');
});
