import { fork } from 'node:child_process';
import { once } from 'node:events';
import { plugins } from '../config/plugins.ts';
import type { Table } from './table.ts';
import { megabytes } from './timing.ts';

export interface Size {
  /** of each viewer */
  readonly copies: number;
  /** 0: as many as there are */
  readonly films: number;
}
export interface Grown {
  readonly ratings: number;
  readonly films: number;
  readonly seconds: number;
  /** seconds */ readonly cpu: number;
  /** bytes, resident, with the data and before training */ readonly before: number;
  readonly peak: number;
  /** of the model */ readonly bytes: number;
}

/** A copy of each viewer makes another million ratings. */
export const sizes: readonly Size[] = [
  { copies: 1, films: 0 },
  { copies: 10, films: 60_000 },
  { copies: 25, films: 60_000 },
];

/** Why time does not follow the number of ratings, where it does not by design. */
const reasons: Readonly<Record<string, string>> = {
  content: 'reads films only, no ratings',
  popularity: 'one pass over the ratings',
  trending: 'one pass over the ratings',
  ease: 'restricted to the most rated films (its setting), the others are served by other algorithms: the inverse stays the same, counting pairs grows with the ratings',
  'item-knn': 'counts pairs of films of each viewer (of long histories so many films as its setting says): pairs grow with the films',
  'user-knn': 'keeps a drawn number of viewers (its setting) at most',
};

/**
 * Each algorithm on MovieLens 1M and on larger data made of it.
 * @param most the largest data, in millions of ratings
 */
export async function growth(most: number): Promise<Table> {
  const rows: (string | number)[][] = [];
  for (const { id, title } of plugins.flatMap(({ algorithms = [] }) => algorithms)) {
    let last: Grown | undefined;
    for (const size of sizes.filter(({ copies }) => copies <= most)) {
      const grown = await growOne(id, size);
      rows.push(rowOf(title, size, grown, last, reasons[id]));
      last = grown;
    }
  }
  return {
    title: 'Growth',
    columns: ['Algorithm', 'Million ratings', 'Films', 'Seconds', 'CPU s', 'Exponent', 'Data MB', 'Peak MB', 'Model MB', 'Note'],
    rows,
    note: 'One training with the usual settings in one thread, each in a process of its own. Larger data: each viewer of MovieLens 1M several times, each film divided among several at random, features of films made up (bench/expansion.ts). "Data" is the resident memory of the process before training, "Peak" its largest one. The exponent is that of the CPU time over the ratings, from the size above: 1 is linear.',
  };
}

function rowOf(
  title: string,
  { copies }: Size,
  grown: Grown | undefined,
  last: Grown | undefined,
  reason = 'each round passes over all ratings once',
): (string | number)[] {
  if (!grown) return [title, copies, '–', '–', '–', '–', '–', '–', '–', 'the process ended: not enough memory?'];
  const { ratings, films, seconds, cpu, before, peak, bytes } = grown;
  const exponent = last ? (Math.log(cpu / last.cpu) / Math.log(ratings / last.ratings)).toFixed(2) : '–';
  const note = last ? reason : '';
  return [title, ratings / 1e6, films.toLocaleString('en'), seconds, cpu, exponent, megabytes(before), megabytes(peak), megabytes(bytes), note];
}

/** undefined: the process ended without an answer. */
async function growOne(id: string, size: Size): Promise<Grown | undefined> {
  const child = fork(new URL('./grow-one.js', import.meta.url), [JSON.stringify({ id, ...size })]);
  const told = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
  return (told as [Grown?])[0];
}
