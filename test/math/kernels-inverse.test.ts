import fc from '../harness/properties.ts';
import { invertSymmetric } from '../../math/kernels/inverse.ts';
import { inverse } from '../../math/reference/inverse.ts';
import { distance, positiveDefinite } from './kernels-data.ts';

test.each([1, 3, 63, 64, 65, 130, 201])('inverts %i × %i as the reference does', async (n) => {
  const matrix = positiveDefinite(n, n);
  const expected = inverse(matrix, n);
  await invertSymmetric(matrix, n);
  expect(distance(matrix, expected)).toBeLessThan(1e-4);
});

test('random sizes', async () => {
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 150 }), fc.nat(1000), async (n, seed) => {
    const matrix = positiveDefinite(n, seed);
    const expected = inverse(matrix, n);
    await invertSymmetric(matrix, n);
    expect(distance(matrix, expected)).toBeLessThan(1e-4);
    expect(matrix.every((value, at) => value === matrix[(at % n) * n + Math.floor(at / n)])).toBe(true);
  });
  await fc.assert(property, { numRuns: 30 });
});

test('reads the lower triangle only', async () => {
  const n = 70;
  const matrix = positiveDefinite(n, 1);
  const expected = inverse(matrix, n);
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) matrix[i * n + j] = Number.NaN;
  await invertSymmetric(matrix, n);
  expect(distance(matrix, expected)).toBeLessThan(1e-4);
});

test('gives the same bits with two threads as with one', async () => {
  const one = positiveDefinite(300, 5);
  const two = one.slice();
  await invertSymmetric(one, 300, { strict: true });
  await invertSymmetric(two, 300, { strict: true, threads: 2 });
  expect(two).toEqual(one);
});

test('tells its progress', async () => {
  const told: number[] = [];
  await invertSymmetric(positiveDefinite(130, 1), 130, { progress: (fraction) => told.push(fraction) });
  expect(told).toEqual([1 / 3, 2 / 3, 1]);
});

describe('what is not positive definite is named, and left as it was', () => {
  const n = 100;
  const change = async (edit: (matrix: Float32Array) => void): Promise<string> => {
    const matrix = positiveDefinite(n, 3);
    edit(matrix);
    const before = matrix.slice();
    const error: unknown = await invertSymmetric(matrix, n).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RangeError);
    expect(matrix).toEqual(before);
    return (error as RangeError).message;
  };
  test('a negative number on the diagonal', async () => {
    expect(await change((matrix) => (matrix[70 * n + 70] = -2))).toMatch('the number -2 on the diagonal of row 70');
  });
  test('not a number', async () => {
    expect(await change((matrix) => (matrix[70 * n + 70] = Number.NaN))).toMatch('the number NaN on the diagonal of row 70');
  });
  test('a row twice', async () => {
    const twice = (matrix: Float32Array): void => {
      for (let j = 0; j < n; j++) matrix[90 * n + j] = matrix[20 * n + j]!;
      for (let i = 0; i < n; i++) matrix[i * n + 90] = matrix[i * n + 20]!;
    };
    expect(await change(twice)).toMatch('row 90 is a combination of the rows before it, or nearly so');
  });
  test('sizes that do not fit', async () => {
    await expect(invertSymmetric(new Float32Array(8), 3)).rejects.toThrow('8 numbers are no 3 × 3 matrix.');
  });
});
