import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of work after which others have their turn. */
const most = 5;

/** Cuts long work so that requests are answered in between: `if (pace.due) await pace.rest()`. */
export class Pace {
  #since = performance.now();

  get due(): boolean {
    return performance.now() - this.#since >= most;
  }
  async rest(): Promise<void> {
    await turn();
    this.#since = performance.now();
  }
}

/** Does something with each of many. */
export async function eachPaced<T>(items: Iterable<T>, pace: Pace, work: (item: T) => void): Promise<void> {
  for (const item of items) {
    work(item);
    if (pace.due) await pace.rest();
  }
}

/**
 * Runs work that is cut into steps already.
 * @param rested told of the last step after each rest; what it throws ends the work
 */
export async function paced<S, T>(work: Generator<S, T, void>, pace: Pace, rested: (step: S) => void = () => {}): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (!pace.due) continue;
    await pace.rest();
    rested(value);
  }
}
