import { setImmediate as turn } from 'node:timers/promises';

/** Work that can be left after each slice of a few milliseconds, and gone on with at any time. */
export type Slices<T = void> = Generator<void, T, void>;

/** Does what is left of it at once. */
export function finish<T>(work: Slices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does it slice by slice; between two of them everybody else has a turn. */
export async function inTurns(work: Slices): Promise<void> {
  while (!work.next().done) await turn();
}

/** 0 … count − 1 in pieces of so many: [from, to). */
export function* pieces(count: number, size: number): Generator<[from: number, to: number], void, void> {
  for (let from = 0; from < count; from += size) yield [from, Math.min(count, from + size)];
}
