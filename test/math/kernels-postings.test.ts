import { Postings } from '../../math/kernels/postings.ts';
import { seeded } from '../../math/random.ts';
import { sparseRows } from '../../math/sparse.ts';

const random = seeded(7);
const draw = (below: number): number => Math.floor(random() * below);
const rows = 21,
  columns = 40,
  cells = 300;
/** The last columns have no entries. */
const matrix = sparseRows(rows, columns, {
  row: Int32Array.from({ length: cells }, () => draw(rows)),
  column: Int32Array.from({ length: cells }, () => draw(columns - 3)),
  value: Float32Array.from({ length: cells }, () => random() - 0.5),
});

function plainly(weights: Float32Array): number[] {
  const sums = Array<number>(columns).fill(NaN);
  for (const column of matrix.index) sums[column] = 0;
  weights.forEach((weight, row) => {
    for (let e = matrix.start[row]!; e < matrix.start[row + 1]!; e++) sums[matrix.index[e]!]! += weight * matrix.value[e]!;
  });
  return sums;
}

test.each([
  ['all rows', () => random() - 0.5],
  ['some rows', () => Math.max(0, random() - 0.8)],
  ['no row', () => 0],
])('sums %s as the reference does, again and again', (_what, weight) => {
  const postings = new Postings(matrix);
  for (let n = 0; n < 2; n++) {
    const weights = Float32Array.from({ length: rows }, weight),
      out = new Float32Array(columns);
    postings.weights.set(weights);
    postings.sum(out);
    plainly(weights).forEach((expected, column) =>
      Number.isNaN(expected) ? expect(out[column]).toBeNaN() : expect(out[column]).toBeCloseTo(expected, 5),
    );
  }
});

test('rows that stand in many of many columns are rounded to bytes, and no others', () => {
  const many = 20_000,
    large = sparseRows(2, many, {
      row: Int32Array.from({ length: many + 10 }, (_, e) => Number(e >= many)),
      column: Int32Array.from({ length: many + 10 }, (_, e) => (e < many ? e : 7 * (e - many))),
      value: Float32Array.from({ length: many + 10 }, () => random() - 0.5),
    }),
    postings = new Postings(large),
    out = new Float32Array(many);
  const asked = (...weights: number[]): Float32Array => {
    postings.weights.set(weights);
    postings.sum(out);
    return out;
  };
  asked(3, 0).forEach((sum, column) => expect(Math.abs(sum - 3 * large.value[column]!)).toBeLessThan(3 * (0.5 / 127)));
  // 20,000 columns take 15 of 32 bits.
  const error = 3 * (0.5 / (2 ** 16 - 1));
  asked(0, 3).forEach((sum, column) => {
    if (column % 7 > 0 || column >= 70) expect(sum).toBe(0);
    else expect(Math.abs(sum - 3 * large.value[many + column / 7]!)).toBeLessThan(error);
  });
});

test('more columns than leave a byte for numbers are refused', () => {
  const none = new Int32Array(0);
  expect(() => new Postings({ rows: 0, columns: 2 ** 24 + 1, start: Int32Array.of(0), index: none, value: new Float32Array(0) })).toThrow(RangeError);
});
