/** Milliseconds of work after which others have their turn. */
const MOST = 5;

/** Cuts long work into slices, so that pages are answered in between: `if (slices.due) await slices.rest()`. */
export class Slices {
  #since = performance.now();

  get due(): boolean {
    return performance.now() - this.#since >= MOST;
  }
  async rest(): Promise<void> {
    await new Promise(setImmediate);
    this.#since = performance.now();
  }
}

/** Does something with each of many. */
export async function eachInSlices<T>(items: readonly T[], slices: Slices, work: (item: T) => void): Promise<void> {
  for (const item of items) {
    work(item);
    if (slices.due) await slices.rest();
  }
}

/** Runs work that is cut into steps already. */
export async function inSlices<T>(work: Generator<undefined, T>, slices: Slices): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (slices.due) await slices.rest();
  }
}
