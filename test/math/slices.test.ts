import { DotScorer } from '../../math/kernels/dot-scorer.ts';
import { initialNetwork } from '../../math/kernels/neumf-network.ts';
import { NeumfScorer } from '../../math/kernels/neumf-scorer.ts';
import { Postings } from '../../math/kernels/postings.ts';
import { seeded } from '../../math/random.ts';
import { finish, inTurns, pieces, type Slices } from '../../math/slices.ts';
import { sparseRows, transpose, transposeInSlices } from '../../math/sparse.ts';
import { gaussian } from './kernels-data.ts';

const films = 40_000;
const count = (work: Slices): number => {
  let slices = 0;
  while (!work.next().done) slices++;
  return slices;
};

test('work is done to its end, at once or with a turn for others after every slice', async () => {
  const done: string[] = [];
  function* work(name: string): Slices<string> {
    for (const [from, to] of pieces(5, 2)) {
      done.push(`${name} ${from}-${to}`);
      yield;
    }
    return name;
  }
  expect(finish(work('a'))).toBe('a');
  let turns = 0;
  const other = (): void => {
    turns++;
    if (done.length < 6) setImmediate(other);
  };
  setImmediate(other);
  await inTurns(work('b') as Slices<unknown> as Slices);
  expect(done).toEqual(['a 0-2', 'a 2-4', 'a 4-5', 'b 0-2', 'b 2-4', 'b 4-5']);
  expect(turns).toBeGreaterThanOrEqual(3);
});

test('a matrix is turned in slices of bounded size, and comes out the same', () => {
  const random = seeded(3),
    cells = 900_000;
  const matrix = sparseRows(5000, 300, {
    row: Int32Array.from({ length: cells }, () => Math.floor(5000 * random())),
    column: Int32Array.from({ length: cells }, () => Math.floor(300 * random())),
    value: Float32Array.from({ length: cells }, random),
  });
  const turning = transposeInSlices(matrix);
  let slices = 0,
    step = turning.next();
  for (; !step.done; step = turning.next()) slices++;
  expect(slices).toBeGreaterThan(0.9 * (matrix.index.length / 2 ** 16) - 1);
  expect(step.value).toEqual(transpose(matrix));
});

describe('what serving a large catalogue needs is prepared in slices, and the first call does what is left', () => {
  const vector = gaussian(64, 1);
  const items = gaussian(films * 64, 2);
  const scoresOf = (scorer: { scores(vector: Float32Array, out: Float32Array): void }, of = vector): Float32Array => {
    const out = new Float32Array(films);
    scorer.scores(of, out);
    return out;
  };

  test('rounded rows', () => {
    const [whole, part, none] = Array.from({ length: 3 }, () => new DotScorer(items, 64)) as [DotScorer, DotScorer, DotScorer];
    expect(count(whole.prepare())).toBeGreaterThanOrEqual((films * 64) / 2 ** 17);
    expect(count(whole.prepare())).toBe(0);
    const some = part.prepare();
    for (let n = 0; n < 5; n++) some.next();
    expect(scoresOf(part)).toEqual(scoresOf(whole));
    expect(count(some)).toBe(0);
    expect(scoresOf(none)).toEqual(scoresOf(whole));
  });

  test('a network', () => {
    const network = initialNetwork({ factors: 16, layers: [8] }, 2, films, seeded(4));
    const [whole, none] = [new NeumfScorer(network, 1, 64), new NeumfScorer(network, 1, 64)];
    expect(count(whole.prepare())).toBeGreaterThanOrEqual(films / 1024);
    const embedding = gaussian(16 + 8, 5);
    expect(scoresOf(whole, embedding)).toEqual(scoresOf(none, embedding));
  });

  test('postings, sparse ones and full ones', () => {
    const cells = 300_000,
      random = seeded(6);
    const matrix = sparseRows(200, films, {
      row: Int32Array.from({ length: cells }, () => Math.floor(200 * random() ** 3)),
      column: Int32Array.from({ length: cells }, () => Math.floor(films * random())),
      value: Float32Array.from({ length: cells }, random),
    });
    const [whole, none] = [new Postings(matrix), new Postings(matrix)];
    expect(count(whole.prepare())).toBeGreaterThan(4);
    const sums = (postings: Postings): Float32Array => {
      postings.weights.fill(1);
      const out = new Float32Array(films);
      postings.sum(out);
      return out;
    };
    expect(sums(whole)).toEqual(sums(none));
  });
});
