import fc from '../harness/properties.ts';
import { foldIn, gramOf, ials, ridge, type IalsOptions } from '../../math/kernels/ials.ts';
import { seeded } from '../../math/random.ts';
import { ials as reference } from '../../math/reference/ials.ts';
import { rowIndex, rowValues } from '../../math/sparse.ts';
import { distance, gaussian, randomMatrix } from './kernels-data.ts';

const options = (given: Partial<IalsOptions> = {}): IalsOptions => ({
  factors: 8,
  epochs: 2,
  regularisation: 0.02,
  unobserved: 0.1,
  exponent: 1,
  deviation: 1,
  random: seeded(7),
  ...given,
});

test('agrees with the reference, whatever the sizes and weights, with empty rows and columns', async () => {
  const size = fc.integer({ min: 1, max: 40 });
  const property = fc.asyncProperty(
    size,
    size,
    fc.integer({ min: 1, max: 35 }),
    fc.double({ min: 0, max: 0.6 }),
    fc.nat(1000),
    async (n, m, factors, share, seed) => {
      const matrix = randomMatrix(n, m, share, seed, (random) => random() * 3);
      const made = await ials(matrix, options({ factors, random: seeded(seed) }));
      const expected = reference(matrix, options({ factors, random: seeded(seed) }));
      expect(distance(made.rows, expected.rows)).toBeLessThan(1e-3);
      expect(distance(made.columns, expected.columns)).toBeLessThan(1e-3);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test('rows longer than a panel', async () => {
  const matrix = randomMatrix(3, 700, 0.9, 4, () => 1);
  const made = await ials(matrix, options({ factors: 20, regularisation: 0.1, exponent: 0.9 }));
  const expected = reference(matrix, options({ factors: 20, regularisation: 0.1, exponent: 0.9 }));
  expect(distance(made.rows, expected.rows)).toBeLessThan(1e-3);
});

test('an entry of weight 0 counts as none', async () => {
  const matrix = randomMatrix(9, 12, 0.4, 3, () => 1);
  const without = { ...matrix, value: matrix.value.map((_, e) => (e < matrix.start[1]! ? 0 : 1)) };
  const made = await ials(without, options());
  expect([...made.rows.subarray(0, 8)]).toEqual(Array<number>(8).fill(0));
});

test('gives the same bits with two threads as with one', async () => {
  const matrix = randomMatrix(200, 150, 0.1, 9, (random) => 1 + random());
  const one = await ials(matrix, options({ factors: 24, strict: true }));
  const two = await ials(matrix, options({ factors: 24, strict: true, threads: 2, random: seeded(7) }));
  expect(two).toEqual(one);
});

test('a folded-in row gets the vector of a trained one', async () => {
  const matrix = randomMatrix(30, 20, 0.3, 9, () => 1);
  const settings = options({ epochs: 60 });
  const { rows, columns } = await ials(matrix, settings);
  const out = new Float32Array(8);
  const index = rowIndex(matrix, 4);
  const regularisation = ridge(settings, index.length, 20);
  foldIn({ ...settings, items: columns, gram: gramOf(columns, 8), index, weight: rowValues(matrix, 4), regularisation }, out);
  expect(distance(out, rows.subarray(32, 40))).toBeLessThan(0.01);
});

test('the gram matrix is the sum of the products', () => {
  const items = gaussian(21, 3);
  const gram = gramOf(items, 3);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let row = 0; row < 7; row++) sum += items[row * 3 + i]! * items[row * 3 + j]!;
      expect(gram[i * 3 + j]).toBeCloseTo(sum, 5);
    }
  }
});

test('tells its progress, and what is wrong', async () => {
  const matrix = randomMatrix(9, 9, 0.5, 1, () => 1);
  const told: number[] = [];
  await ials(matrix, options({ progress: (fraction) => told.push(fraction) }));
  expect(told).toEqual([0.25, 0.5, 0.75, 1]);
  await expect(ials(matrix, options({ regularisation: 0 }))).rejects.toThrow('The regularisation must be above 0; it is 0.');
  const negative = { ...matrix, value: matrix.value.map(() => -1) };
  await expect(ials(negative, options())).rejects.toThrow('The weight -1 is not a number of at least 0.');
});
