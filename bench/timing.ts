/** The value below which a share of the others lie, by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds of processor time that this process has used, all threads together. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Wall seconds of a piece of work, and what it gave. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const since = performance.now(),
    result = await work();
  return { seconds: (performance.now() - since) / 1000, result };
}

export const megabytes = (bytes: number): number => bytes / 2 ** 20;

/** Seconds of the middle one of so many runs. @param before what has to be there for a run, untimed */
export async function median(runs: number, work: () => Promise<unknown>, before: () => Promise<unknown> = async () => {}): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    await before();
    seconds.push((await timed(work)).seconds);
  }
  return quantile(seconds, 0.5);
}
