import type { BiasedMf } from '../kernels/biased-mf.ts';

/** One step of stochastic gradient descent: the rating less the mean of all, of a row for a column. */
export function step(
  model: BiasedMf,
  row: number,
  column: number,
  rating: number,
  { rate, regularisation }: { rate: number; regularisation: number },
): void {
  const { factors, rows, columns, rowBias, columnBias } = model;
  const p = row * factors;
  const q = column * factors;
  let error = rating - rowBias[row]! - columnBias[column]!;
  for (let f = 0; f < factors; f++) error -= rows[p + f]! * columns[q + f]!;
  rowBias[row]! += rate * (error - regularisation * rowBias[row]!);
  columnBias[column]! += rate * (error - regularisation * columnBias[column]!);
  for (let f = 0; f < factors; f++) {
    const x = rows[p + f]!;
    const y = columns[q + f]!;
    rows[p + f] = x + rate * (error * y - regularisation * x);
    columns[q + f] = y + rate * (error * x - regularisation * y);
  }
}
