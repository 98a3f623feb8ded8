import fc from '../harness/properties.ts';
import { Matrix, SVD } from 'ml-matrix';
import { directions, gaussian, gram, orthonormalise, sparseTimes, timesSmall, type Dense } from '../../math/linear.ts';
import { seeded } from '../../math/random.ts';
import { sparseRows, type SparseRows } from '../../math/sparse.ts';
import { truncatedSvd } from '../../math/truncated-svd.ts';

const matrixOf = ({ rows, columns, data }: Dense): Matrix => Matrix.from1DArray(rows, columns, data);
const plain = (sparse: SparseRows): Matrix => {
  const matrix = Matrix.zeros(sparse.rows, sparse.columns);
  for (let r = 0; r < sparse.rows; r++)
    for (let e = sparse.start[r]!; e < sparse.start[r + 1]!; e++) matrix.set(r, sparse.index[e]!, sparse.value[e]!);
  return matrix;
};
const distance = (a: Matrix, b: Matrix): number => Matrix.sub(a, b).norm('frobenius');

/** About a third of the cells filled. */
function randomSparse(rows: number, columns: number, seed: number): SparseRows {
  const random = seeded(seed);
  const cells = Array.from({ length: rows * columns }, (_, i) => i).filter(() => random() < 0.35);
  return sparseRows(rows, columns, {
    row: Int32Array.from(cells, (i) => Math.floor(i / columns)),
    column: Int32Array.from(cells, (i) => i % columns),
    value: Float32Array.from(cells, () => random() * 4 - 2),
  });
}
const size = fc.integer({ min: 1, max: 9 });
const seed = fc.nat(10_000);

test('products agree with ml-matrix', () => {
  fc.assert(
    fc.property(size, size, size, seed, (n, m, k, s) => {
      const sparse = randomSparse(n, m, s);
      const x = gaussian(m, k, seeded(s));
      const product = sparseTimes(sparse, x);
      expect(distance(matrixOf(product), plain(sparse).mmul(matrixOf(x)))).toBeLessThan(1e-9);
      expect(distance(gram(x), matrixOf(x).transpose().mmul(matrixOf(x)))).toBeLessThan(1e-9);
      const small = matrixOf(gaussian(k, m, seeded(s + 1)));
      expect(distance(matrixOf(timesSmall(x, small)), matrixOf(x).mmul(small))).toBeLessThan(1e-9);
    }),
    { numRuns: 40 },
  );
});

test('an orthonormal basis is orthonormal and spans the columns, also of a matrix without full rank', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 20 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), seed, (n, k, rank, s) => {
      const left = gaussian(n, Math.min(rank, k), seeded(s));
      const a = timesSmall(left, matrixOf(gaussian(left.columns, k, seeded(s + 1))));
      const q = matrixOf(orthonormalise(a));
      const inner = q.transpose().mmul(q);
      for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) expect(inner.get(i, j)).toBeCloseTo(i === j && i < left.columns ? 1 : 0, 6);
      expect(distance(q.mmul(q.transpose()).mmul(matrixOf(a)), matrixOf(a))).toBeLessThan(1e-5 * (1 + matrixOf(a).norm('frobenius')));
    }),
    { numRuns: 40 },
  );
});

test('a basis of almost dependent columns is still orthonormal to rounding', () => {
  const steep = timesSmall(gaussian(50, 4, seeded(6)), Matrix.diag([1, 1e-2, 1e-4, 1e-5]));
  const q = matrixOf(orthonormalise(steep));
  expect(distance(q.transpose().mmul(q), Matrix.eye(4))).toBeLessThan(1e-12);
});

test('directions are the singular values of ml-matrix, squared', () => {
  const a = gaussian(30, 6, seeded(2));
  const { diagonal } = new SVD(matrixOf(a));
  directions(a).values.forEach((value, i) => expect(Math.sqrt(value)).toBeCloseTo(diagonal[i]!, 8));
});

describe('truncated SVD', () => {
  const options = { iterations: 4, random: seeded(1), onRound: () => {} };

  test.each([
    [40, 25],
    [25, 40],
  ])('agrees with the full SVD of ml-matrix (%i × %i)', (rows, columns) => {
    const sparse = randomSparse(rows, columns, 3);
    const full = new SVD(plain(sparse), { autoTranspose: true });
    const { values, right } = truncatedSvd(sparse, { ...options, rank: 5 });
    expect([right.rows, right.columns]).toEqual([columns, 5]);
    values.forEach((value, i) => expect(value).toBeCloseTo(full.diagonal[i]!, 2));
    const v = matrixOf(right);
    const error = distance(plain(sparse).mmul(v).mmul(v.transpose()), plain(sparse));
    const best = Math.hypot(...full.diagonal.slice(5));
    expect(error).toBeLessThan(best * 1.001);
    expect(error).toBeGreaterThanOrEqual(best - 1e-6);
  });

  test('returns a matrix of low rank whole, and fewer vectors than asked for', () => {
    const sparse = randomSparse(4, 12, 5);
    const { values, right } = truncatedSvd(sparse, { ...options, rank: 50 });
    expect(values).toHaveLength(4);
    const v = matrixOf(right);
    expect(distance(plain(sparse).mmul(v).mmul(v.transpose()), plain(sparse))).toBeLessThan(1e-5);
  });

  test.each([
    [0, 0],
    [3, 0],
    [0, 3],
    [3, 3],
  ])('copes with nothing in %i × %i', (rows, columns) => {
    const none = { row: new Int32Array(0), column: new Int32Array(0), value: new Float32Array(0) };
    const { values, right } = truncatedSvd(sparseRows(rows, columns, none), { ...options, rank: 2 });
    expect([...values, ...right.data].every((value) => value === 0)).toBe(true);
    expect(right.rows).toBe(columns);
  });

  test('tells how far it is', () => {
    const seen: number[] = [];
    truncatedSvd(randomSparse(8, 8, 1), { ...options, rank: 2, iterations: 2, onRound: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([0.25, 0.5, 0.75]);
  });
});
