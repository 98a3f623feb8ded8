import { FoldInScorer } from '../../math/kernels/fold-in-scorer.ts';
import { foldIn, gramOf } from '../../math/kernels/ials.ts';
import { normal, seeded } from '../../math/random.ts';

const unobserved = 0.2,
  ridge = 0.7;
const random = seeded(3);
const side = (count: number, factors: number) => {
  const items = Float32Array.from({ length: count * factors }, () => normal(random) / Math.sqrt(factors));
  return { factors, items, gram: gramOf(items, factors), unobserved };
};
const entries = (of: number, count: number) => ({
  index: Int32Array.from({ length: count }, (_, i) => Math.floor((i * of) / count)),
  weight: Float32Array.from({ length: count }, () => 2 * random()),
});
const largestError = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

test.each([
  [1, 8, 1],
  [50, 8, 5],
  [50, 13, 20],
  [400, 64, 130],
  [1000, 30, 900],
])('%i items of %i factors: folds in %i entries as the reference does', (count, factors, of) => {
  const given = side(count, factors);
  const scorer = new FoldInScorer(given);
  for (const { index, weight } of [entries(count, of), entries(count, 1), entries(count, of)]) {
    const expected = new Float32Array(factors);
    foldIn({ ...given, index, weight, regularisation: ridge }, expected);
    expect(largestError(scorer.foldIn(index, weight, ridge), expected)).toBeLessThan(1e-4);
  }
});

test('solves the equations of a row for its own right side as folding in does, and for others between', () => {
  const given = side(60, 13);
  const { index, weight } = entries(60, 25);
  const own = new Float32Array(13);
  index.forEach((item, i) => own.forEach((_, f) => (own[f]! += weight[i]! * given.items[item * 13 + f]!)));
  const scorer = new FoldInScorer(given);
  const solve = scorer.solver(index, weight, ridge);
  const vector = scorer.foldIn(Int32Array.of(1), Float32Array.of(1), ridge).slice();
  const twice = solve(own.map((value) => 2 * value)).map((value) => value / 2);
  const expected = scorer.foldIn(index, weight, ridge);
  expect(largestError(solve(own), expected)).toBeLessThan(1e-4);
  expect(largestError(twice, expected)).toBeLessThan(1e-4);
  expect(largestError(vector, expected)).toBeGreaterThan(0.01);
});

test('a row without entries has the vector 0', () => {
  expect([...new FoldInScorer(side(10, 8)).foldIn(new Int32Array(0), new Float32Array(0), ridge)]).toEqual(Array(8).fill(0));
});

test('scores are the dot products, for each item one, and the rest of the array stays', () => {
  const { items, ...given } = side(21, 13);
  const scorer = new FoldInScorer({ ...given, items });
  const out = new Float32Array(25).fill(9);
  const vector = scorer.foldIn(Int32Array.of(3, 4), Float32Array.of(1, 2), ridge);
  scorer.scores(vector, out);
  for (let item = 0; item < 21; item++) {
    expect(out[item]).toBeCloseTo(
      vector.reduce((sum, value, f) => sum + value * items[item * 13 + f]!, 0),
      5,
    );
  }
  expect([...out.subarray(21)]).toEqual([9, 9, 9, 9]);
});
