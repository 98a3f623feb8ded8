import fc from '../harness/properties.ts';
import { Arena } from '../../math/kernels/arena.ts';
import { biasedMf, type BiasedMf, type BiasedMfOptions } from '../../math/kernels/biased-mf.ts';
import { blocksOf } from '../../math/kernels/blocks.ts';
import { normal, seeded, shuffle } from '../../math/random.ts';
import { step } from '../../math/reference/biased-mf.ts';
import type { SparseRows } from '../../math/sparse.ts';
import { distance, randomMatrix } from './kernels-data.ts';

const stars = (random: () => number): number => 1 + Math.floor(random() * 5);
const options = (given: Partial<BiasedMfOptions> = {}): BiasedMfOptions => ({
  factors: 8,
  epochs: 3,
  rate: 0.02,
  regularisation: 0.05,
  deviation: 0.1,
  random: seeded(7),
  ...given,
});

/** The same ratings in the same order, one after the other. */
function reference(ratings: SparseRows, given: BiasedMfOptions): BiasedMf {
  const { factors, epochs, deviation, random } = given;
  const blocks = blocksOf(new Arena(), ratings, 8, random);
  const vectors = (count: number): Float32Array => Float32Array.from({ length: count * factors }, () => deviation * normal(random));
  const model = { mean: blocks.mean, factors, rowBias: new Float32Array(ratings.rows), columnBias: new Float32Array(ratings.columns) };
  const full = { ...model, rows: vectors(ratings.rows), columns: vectors(ratings.columns) };
  const rounds = [0, 1, 2, 3, 4, 5, 6, 7];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const round of shuffle(rounds, random)) {
      for (let e = blocks.start[8 * round]!; e < blocks.start[8 * round + 8]!; e++)
        step(full, blocks.row[e]!, blocks.column[e]!, blocks.rating[e]!, given);
    }
  }
  return full;
}

test('agrees with the reference, whatever the sizes, with empty rows and columns', async () => {
  const size = fc.integer({ min: 1, max: 40 });
  const property = fc.asyncProperty(
    size,
    size,
    fc.integer({ min: 1, max: 35 }),
    fc.double({ min: 0, max: 0.6 }),
    fc.nat(1000),
    async (n, m, factors, share, seed) => {
      const ratings = randomMatrix(n, m, share, seed, stars);
      const made = await biasedMf(ratings, options({ factors, random: seeded(seed) }));
      const expected = reference(ratings, options({ factors, random: seeded(seed) }));
      expect(made.mean).toBe(expected.mean);
      for (const part of ['rowBias', 'columnBias', 'rows', 'columns'] as const) expect(distance(made[part], expected[part])).toBeLessThan(1e-4);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test('blocks hold every rating once, and those of a round share no row and no column', () => {
  const ratings = randomMatrix(60, 50, 0.3, 2, stars);
  const { mean, start, row, column, rating } = blocksOf(new Arena(), ratings, 8, seeded(1));
  const found = Array.from(rating, (value, e) => [row[e]!, column[e]!, Math.round(value + mean)].join());
  const given = Array.from(ratings.index, (c, e) => [ratings.start.findLastIndex((from) => from <= e), c, ratings.value[e]].join());
  expect(found.toSorted()).toEqual(given.toSorted());
  for (let round = 0; round < 8; round++) {
    for (const keys of [row, column]) {
      const sets = Array.from({ length: 8 }, (_, b) => new Set(keys.subarray(start[round * 8 + b], start[round * 8 + b + 1])));
      expect(sets.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(sets.flatMap((set) => [...set])).size);
    }
  }
});

test('gives the same bits with two threads as with one', async () => {
  const ratings = randomMatrix(200, 150, 0.1, 9, stars);
  const one = await biasedMf(ratings, options({ strict: true }));
  const two = await biasedMf(ratings, options({ strict: true, threads: 2, random: seeded(7) }));
  expect(two).toEqual(one);
});

test('learns what a planted model says', async () => {
  const taste = [-1, 1, 0.5];
  const ratings = randomMatrix(60, 45, 0.5, 3, () => 0);
  const value = ratings.value.map((_, e) => {
    const r = ratings.start.findLastIndex((from) => from <= e);
    return 3 + (r % 2) + taste[r % 3]! * taste[ratings.index[e]! % 3]!;
  });
  const model = await biasedMf({ ...ratings, value }, options({ epochs: 400, rate: 0.03, regularisation: 0.002 }));
  let squares = 0;
  for (let r = 0; r < 60; r++) {
    for (let e = ratings.start[r]!; e < ratings.start[r + 1]!; e++) {
      const c = ratings.index[e]!;
      let predicted = model.mean + model.rowBias[r]! + model.columnBias[c]!;
      for (let f = 0; f < 8; f++) predicted += model.rows[r * 8 + f]! * model.columns[c * 8 + f]!;
      squares += (predicted - value[e]!) ** 2;
    }
  }
  expect(Math.sqrt(squares / value.length)).toBeLessThan(0.1);
});

test('says when the rate is too high', async () => {
  await expect(biasedMf(randomMatrix(20, 20, 0.5, 1, stars), options({ rate: 5, epochs: 50 }))).rejects.toThrow('The learning rate 5 is too high');
});
