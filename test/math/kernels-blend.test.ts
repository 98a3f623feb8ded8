import fc from 'fast-check';
import { scratch, standardise, weightedSum } from '../../math/kernels/blend.ts';
import { standardise as plainly } from '../../math/reference/standardise.ts';

const millionths = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1e6);
const score = fc.oneof(millionths, fc.constantFrom(NaN, Infinity, -Infinity));

test('standardises as the reference does, counts the finite scores, and makes the others NaN', () => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 40 }), (list) => {
      const scores = Float32Array.from(list),
        expected = plainly(scores.slice());
      const finite = scores.map((value) => Number(Number.isFinite(value)));
      expect(standardise(scores)).toBe(finite.reduce((sum, one) => sum + one, 0));
      expected.forEach((value, i) => (finite[i] ? expect(scores[i]).toBeCloseTo(value, 3) : expect(scores[i]).toBeNaN()));
    }),
  );
});

test('keeps the digits of large scores, and takes rounding for no difference', () => {
  const large = Float32Array.of(1e6, 1e6 + 1),
    equal = Float32Array.of(0.1, 0.1, 0.1, NaN, 0.1);
  standardise(large);
  standardise(equal);
  expect([...large]).toEqual([-1, 1]);
  expect([...equal]).toEqual([0, 0, 0, NaN, 0]);
});

test('sums what is known, and knows nothing where nobody does', () => {
  const out = new Float32Array(5);
  weightedSum(
    [
      { values: Float32Array.of(1, 2, NaN, NaN, 4), weight: 0.5 },
      { values: Float32Array.of(4, NaN, 8, NaN, -2), weight: 0.25 },
    ],
    out,
  );
  expect([...out]).toEqual([1.5, 1, 2, NaN, 1.5]);
  weightedSum([], out);
  expect(out).toEqual(new Float32Array(5).fill(NaN));
});

test('scores that lie in the scratch are standardised there, and not the numbers behind them', () => {
  scratch(40).fill(1e9);
  const scores = scratch(3);
  scores.set([1, NaN, 3]);
  expect(standardise(scores)).toBe(2);
  expect([...scores]).toEqual([-1, NaN, 1]);
});
