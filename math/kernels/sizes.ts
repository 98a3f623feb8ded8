/** Factors that the kernels take at once. */
export const LANES = 8;
/** As in assembly/ials.ts: vectors that are summed at once, for which the thread that solves rows needs room. */
const PANEL = 128;

/** The next multiple of `step`. */
export const padded = (size: number, step: number): number => Math.ceil(size / step) * step;

/** Bytes of the counters of a sort, as in assembly/order.ts. */
const COUNTERS = 3 * 2048 * 4;

/** Bytes of scratch for the kernels head and ranks over so many numbers, a multiple of four. */
export const sortingScratch = (count: number): number => COUNTERS + 16 * count;

/** Bytes of scratch for the kernel solveRows: its panel and one system of equations. */
export const solvingScratch = (stride: number): number => 4 * stride * (PANEL + stride);
