import { biasedMf } from '../math/kernels/biased-mf.ts';
import { DotScorer } from '../math/kernels/dot-scorer.ts';
import { foldIn, gramOf, ials, ridge } from '../math/kernels/ials.ts';
import { invertSymmetric } from '../math/kernels/inverse.ts';
import { seeded } from '../math/random.ts';
import { step } from '../math/reference/biased-mf.ts';
import { inverse } from '../math/reference/inverse.ts';
import { scoresOf } from '../math/reference/scores.ts';
import { rowIndex, rowValues, transpose, type SparseRows } from '../math/sparse.ts';
import { topK } from '../math/top-k.ts';
import { EPOCHS, medianEpoch } from './epochs.ts';
import { numbers, ratings, symmetric } from './kernel-data.ts';
import { neuralEpoch } from './neumf.ts';
import type { Table } from './table.ts';
import { cpu, quantile, timed } from './timing.ts';

/** Milliseconds of CPU of the reference and of the kernel; by the clock, of the kernel in one thread and in two. */
type Row = readonly [title: string, reference: number, kernel: number, one?: number, two?: number];

/** Each kernel against its reference, one after the other. */
export async function kernels(): Promise<Table> {
  const { what, matrix } = ratings();
  const rows = [
    await inverses(2048),
    await inverses(3700),
    await alternating(matrix, 64),
    await alternating(matrix, 128),
    await descending(matrix, 64),
    await neuralEpoch(matrix),
    await best(62_423, 64),
  ];
  return {
    title: 'Kernels against their references',
    columns: ['Work', 'Plain CPU ms', 'Kernel CPU ms', 'Kernel / plain', 'One thread ms', 'Two threads ms'],
    rows: rows.map(([title, reference, kernel, one, two]) => [title, reference, kernel, (kernel / reference).toFixed(3), one ?? '–', two ?? '–']),
    note: `${what}. The last two columns by the clock; epochs are medians without the first. The plain inverse is measured at 1,024 rows and scaled by the cube, plain iALS on every tenth row and scaled by ten.`,
  };
}

async function inverses(n: number): Promise<Row> {
  const small = symmetric(1024);
  const reference = cpuOf(() => inverse(small, 1024)) * (n / 1024) ** 3;
  const matrix = symmetric(n);
  const since = cpu();
  const one = await timed(() => invertSymmetric(matrix, n));
  const kernel = cpu() - since;
  const two = await timed(() => invertSymmetric(matrix, n, { threads: 2 }));
  return [`Inverse of ${n} × ${n}`, reference, kernel, 1000 * one.seconds, 1000 * two.seconds];
}

async function alternating(matrix: SparseRows, factors: number): Promise<Row> {
  const settings = { factors, regularisation: 0.006, unobserved: 0.3, exponent: 1, deviation: 0.1 };
  const ones = { ...matrix, value: matrix.value.map(() => 1) };
  const run = (threads: number, progress: Progress): Promise<unknown> =>
    ials(ones, { ...settings, epochs: EPOCHS, random: seeded(1), threads, progress });
  const sides = [ones, transpose(ones)] as const;
  const reference = sides.reduce((sum, side) => sum + cpuOf(() => plainSide(side, settings)), 0) * 10;
  return [`iALS, f ${factors}: an epoch`, reference, ...(await epochs(run))];
}

/** Every tenth row. */
function plainSide(side: SparseRows, settings: { factors: number; regularisation: number; unobserved: number; exponent: number }): void {
  const items = numbers(side.columns * settings.factors);
  const gram = gramOf(items, settings.factors);
  const out = new Float32Array(settings.factors);
  for (let row = 0; row < side.rows; row += 10) {
    const index = rowIndex(side, row);
    foldIn({ ...settings, items, gram, index, weight: rowValues(side, row), regularisation: ridge(settings, index.length, side.columns) }, out);
  }
}

async function descending(matrix: SparseRows, factors: number): Promise<Row> {
  const settings = { factors, rate: 0.01, regularisation: 0.05 };
  const run = (threads: number, progress: Progress): Promise<unknown> =>
    biasedMf(matrix, { ...settings, epochs: EPOCHS, deviation: 0.05, random: seeded(1), threads, progress });
  const model = { mean: 3.5, factors, rowBias: new Float32Array(matrix.rows), columnBias: new Float32Array(matrix.columns) };
  const full = { ...model, rows: numbers(matrix.rows * factors), columns: numbers(matrix.columns * factors) };
  const reference = cpuOf(() => {
    for (let row = 0; row < matrix.rows; row++) {
      for (let e = matrix.start[row]!; e < matrix.start[row + 1]!; e++) step(full, row, matrix.index[e]!, matrix.value[e]! - 3.5, settings);
    }
  });
  return [`Biased factorisation by SGD, f ${factors}: an epoch`, reference, ...(await epochs(run))];
}

async function best(count: number, factors: number): Promise<Row> {
  const items = numbers(count * factors);
  const scorer = new DotScorer(items, factors);
  const vectors = Array.from({ length: 100 }, (_, i) => items.slice(i * factors, (i + 1) * factors));
  const median = (work: (vector: Float32Array) => unknown): number => quantile(vectors.map((vector) => timeOf(() => work(vector))).slice(20), 0.5);
  const into = new Int32Array(10);
  const reference = median((vector) => topK(scoresOf(items, vector), into));
  return [`Top 10 of ${count.toLocaleString('en')} × ${factors}`, reference, median((vector) => scorer.top(vector, 10))];
}

type Progress = (fraction: number) => void;

/** The median epoch: CPU and by the clock in one thread, by the clock in two. */
async function epochs(run: (threads: number, progress: Progress) => Promise<unknown>): Promise<[number, number, number]> {
  const { busy, wall } = await medianEpoch((progress) => run(1, progress));
  return [busy, wall, (await medianEpoch((progress) => run(2, progress))).wall];
}

function cpuOf(work: () => unknown): number {
  const since = cpu();
  work();
  return cpu() - since;
}

function timeOf(work: () => unknown): number {
  const since = performance.now();
  work();
  return performance.now() - since;
}
