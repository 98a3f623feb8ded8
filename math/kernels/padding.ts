/** The next multiple of `step`, which the kernels take at once. */
export const padded = (size: number, step: number): number => Math.ceil(size / step) * step;
