import { cpu, quantile } from './timing.ts';

/** How much of an epoch's time: processor, and by the clock; milliseconds. */
export interface EpochTime {
  readonly busy: number;
  readonly wall: number;
}

/** A power of two, so that fractions are exact. */
export const EPOCHS = 4;

/**
 * The median epoch without the first.
 * @param run trains for so many epochs, and tells the fraction done after each
 */
export async function medianEpoch(run: (progress: (fraction: number) => void) => Promise<unknown>): Promise<EpochTime> {
  const ends: EpochTime[] = [];
  await run((fraction) => {
    // Some tell of half epochs too.
    if (Number.isInteger(fraction * EPOCHS)) ends.push({ busy: cpu(), wall: performance.now() });
  });
  const median = (clock: keyof EpochTime): number =>
    quantile(
      ends.slice(1).map((end, i) => end[clock] - ends[i]![clock]),
      0.5,
    );
  return { busy: median('busy'), wall: median('wall') };
}
