import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { biasedMf } from '../math/kernels/biased-mf.ts';
import { ials } from '../math/kernels/ials.ts';
import { invertSymmetric } from '../math/kernels/inverse.ts';
import { seeded } from '../math/random.ts';
import { eachGramRow } from '../math/sparse-gram.ts';
import type { SparseRows } from '../math/sparse.ts';
import { temporaryFolder } from './database.ts';
import { EPOCHS, medianEpoch } from './epochs.ts';
import { ratings } from './kernel-data.ts';
import { Peers } from './peers/python.ts';
import type { Table } from './table.ts';
import { cpu, quantile } from './timing.ts';

/** What is compared: a work of peers.py, and milliseconds of CPU of the same by our kernels. */
interface Match {
  readonly title: string;
  readonly work: string;
  readonly goal: string;
  readonly ours: () => Promise<number>;
}

const title = 'Kernels against peers';
const how =
  "One thread each, taking turns; medians, epochs without the first. implicit solves each row's equations exactly here, as ours does; by default it takes three steps of conjugate gradients instead. LIBMF was compiled for this processor, and has no biases.";
const columns = ['Work', 'Peer', 'Peer CPU ms', 'Our CPU ms', 'Ours / peer', 'Goal'];
/** Peer and ours take turns, so that a busy machine slows both. */
const TURNS = 2;

/** Our kernels against the packages that a team would take otherwise: the same data, one thread each. */
export async function peers(): Promise<Table> {
  const folder = temporaryFolder();
  try {
    const python = await Peers.install(join(folder, 'python'));
    if (!python) return { title, columns, rows: [], note: 'Left out: there is no python3 with venv here, which the peers need.' };
    const { what, matrix } = ratings();
    const gram = regularised(matrix);
    write(folder, matrix, gram);
    const rows: (string | number)[][] = [];
    for (const match of matches(matrix, gram)) rows.push(await play(match, python, folder));
    return { title, columns, rows, note: `${what}. ${how}${python.missing}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function matches(matrix: SparseRows, gram: Float32Array): Match[] {
  const goal = '≤ 0.35';
  const [als64, als128] = [alternating(matrix, 64), alternating(matrix, 128)];
  return [
    { title: `EASE: inverse of ${matrix.columns} × ${matrix.columns}`, work: 'inverse', goal: '≤ 0.5', ours: inverting(gram, matrix.columns) },
    { title: 'iALS, f 64: an epoch', work: 'als-64', goal, ours: als64 },
    { title: 'iALS, f 128: an epoch', work: 'als-128', goal, ours: als128 },
    { title: 'iALS, f 64, against conjugate gradients', work: 'als-cg-64', goal: '–', ours: als64 },
    { title: 'iALS, f 128, against conjugate gradients', work: 'als-cg-128', goal: '–', ours: als128 },
    { title: 'Factorisation by SGD, f 64: an epoch', work: 'sgd-64', goal: '–', ours: descending(matrix, 64) },
  ];
}

async function play({ title, work, goal, ours }: Match, python: Peers, folder: string): Promise<(string | number)[]> {
  const [theirs, own]: [number[], number[]] = [[], []];
  let name = '';
  for (let turn = 0; turn < TURNS; turn++) {
    const times = await python.measure(work, folder);
    if (!times) return [title, 'not installed', '–', '–', '–', goal];
    name = times.versions.join(', ');
    theirs.push(...times.seconds.map((seconds) => 1000 * seconds));
    own.push(await ours());
  }
  const [peer, our] = [quantile(theirs, 0.5), quantile(own, 0.5)];
  return [title, name, peer, our, (our / peer).toFixed(2), goal];
}

/** As EASE inverts it: who chose what with what, and λ = 500 on the diagonal. */
function regularised(matrix: SparseRows): Float32Array {
  const n = matrix.columns;
  const gram = new Float32Array(n * n);
  eachGramRow(onesOf(matrix), (row, others, dots) => {
    for (const other of others) gram[row * n + other] = gram[other * n + row] = dots[other]!;
    gram[row * n + row]! += 500;
  });
  return gram;
}

const onesOf = (matrix: SparseRows): SparseRows => ({ ...matrix, value: new Float32Array(matrix.value.length).fill(1) });

function write(folder: string, { start, index, value }: SparseRows, gram: Float32Array): void {
  for (const [name, array] of Object.entries({ 'start.i32': start, 'index.i32': index, 'value.f32': value, 'gram.f32': gram }))
    writeFileSync(join(folder, name), array);
}

const inverting = (gram: Float32Array, n: number) => async (): Promise<number> => {
  const matrix = gram.slice();
  const since = cpu();
  await invertSymmetric(matrix, n);
  return cpu() - since;
};

function alternating(matrix: SparseRows, factors: number): () => Promise<number> {
  const settings = { factors, regularisation: 0.006, unobserved: 0.3, exponent: 1, deviation: 0.1, epochs: EPOCHS };
  const ones = onesOf(matrix);
  return async () => (await medianEpoch((progress) => ials(ones, { ...settings, random: seeded(1), progress }))).busy;
}

function descending(matrix: SparseRows, factors: number): () => Promise<number> {
  const settings = { factors, rate: 0.01, regularisation: 0.05, deviation: 0.05, epochs: EPOCHS };
  return async () => (await medianEpoch((progress) => biasedMf(matrix, { ...settings, random: seeded(1), progress }))).busy;
}
