import { RowSolver, type OpenRow } from '../../math/kernels/row-solver.ts';
import { foldIn, gramOf } from '../../math/kernels/ials.ts';
import { normal, seeded } from '../../math/random.ts';

const unobserved = 0.2,
  ridge = 0.7;
const random = seeded(3);
const side = (count: number, factors: number) => {
  const items = Float32Array.from({ length: count * factors }, () => normal(random) / Math.sqrt(factors));
  return { factors, width: factors, items, gram: gramOf(items, factors), unobserved, ridge };
};
const entries = (of: number, count: number) => ({
  index: Int32Array.from({ length: count }, (_, i) => Math.floor((i * of) / count)),
  weight: Float32Array.from({ length: count }, () => 2 * random()),
});
const largestError = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
const product = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

test.each([
  [1, 8, 1],
  [50, 8, 5],
  [50, 13, 20],
  [400, 64, 130],
  [1000, 30, 900],
])('%i items of %i factors: folds in %i entries as the reference does', (count, factors, of) => {
  const given = side(count, factors);
  const solver = new RowSolver(given);
  for (const { index, weight } of [entries(count, of), entries(count, 1), entries(count, of)]) {
    const expected = new Float32Array(factors);
    foldIn({ ...given, index, weight, regularisation: ridge }, expected);
    expect(largestError(solver.solve({ ...given, index, weight }), expected)).toBeLessThan(1e-4);
  }
});

test('items may stand at the beginning of longer rows', () => {
  const given = side(40, 13),
    wide = new Float32Array(40 * 20).fill(7);
  for (let item = 0; item < 40; item++) wide.set(given.items.subarray(item * 13, (item + 1) * 13), item * 20);
  const row = { ...given, ...entries(40, 11) };
  expect(new RowSolver(given).solve({ ...row, items: wide, width: 20 })).toEqual(new RowSolver(given).solve(row));
});

test.each([8, 13, 64, 128])(
  'the parts of all entries in a product add up to it, of the row that was solved last and of others: %i factors',
  (factors) => {
    const given = side(200, factors);
    const rows = [150, 25].map((count): OpenRow => ({ ...given, ...entries(200, count) }));
    const solver = new RowSolver(given);
    const vectors = rows.map((row) => solver.solve(row));
    for (const at of [1, 0, 0, 1]) {
      const item = given.items.slice(7 * factors, 8 * factors);
      const parts = solver.parts(rows[at]!, item);
      expect(parts).toHaveLength(rows[at]!.index.length);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(product(vectors[at]!, item), 4);
    }
  },
);

test('each part is what the entry alone would add, the equations being the same', () => {
  const given = side(60, 13),
    { index, weight } = entries(60, 9),
    item = given.items.slice(0, 13);
  // The equations stay as they are where the matrix of all entries is part of what every row shares.
  const gram = given.gram.map((value) => unobserved * value);
  index.forEach((own, e) => {
    for (let i = 0; i < 13; i++)
      for (let j = 0; j < 13; j++) gram[i * 13 + j]! += weight[e]! * given.items[own * 13 + i]! * given.items[own * 13 + j]!;
  });
  const parts = [...new RowSolver(given).parts({ ...given, index, weight }, item)];
  const tiny = 1e-3;
  index.forEach((own, e) => {
    const alone = { ...given, index: Int32Array.of(own), weight: Float32Array.of(tiny * weight[e]!) };
    const vector = new RowSolver({ factors: 13, gram, unobserved: 1 }).solve(alone);
    expect(product(vector, item) / tiny).toBeCloseTo(parts[e]!, 2);
  });
});

test('a row without entries has the vector 0, and no parts', () => {
  const given = side(10, 8),
    solver = new RowSolver(given),
    nothing = { ...given, index: new Int32Array(0), weight: new Float32Array(0) };
  expect([...solver.solve(nothing)]).toEqual(Array(8).fill(0));
  expect(solver.parts(nothing, given.items.subarray(0, 8))).toHaveLength(0);
});
