/** An address in the memory that a module was instantiated with: the `byteOffset` of one of its arena's arrays. */
export type Address = number;

/**
 * A kernel that a Team runs in chunks: the thread's own scratch, the chunk from … to − 1, and what is the same for all.
 * math/kernels/assembly says what each kernel takes and does.
 */
export type ParallelKernel = (scratch: Address, from: number, to: number, ...same: number[]) => void;

/** What the compiled module exports. Counts are elements, widths bytes. */
export interface Kernels {
  addBytes(rows: Address, width: number, count: number, index: Address, amount: Address, sums: Address): void;
  addPostings(weights: Address, units: Address, rows: number, start: Address, entries: Address, bits: number, sums: Address, queue: Address): void;
  readonly descend: ParallelKernel;
  readonly gram: ParallelKernel;
  head(values: Address, count: number, k: number, index: Address, room: Address): number;
  readonly learnNeumf: ParallelKernel;
  readonly panel: ParallelKernel;
  pivot(matrix: Address, n: number, k: number, diagonal: Address, exact: Address, block: Address): number;
  ranks(values: Address, count: number, room: Address): number;
  score(vector: Address, rows: Address, scale: Address, count: number, width: number, out: Address): void;
  scoreRounded(vector: Address, unit: number, rows: Address, scale: Address, count: number, width: number, out: Address): void;
  scoreSome(vector: Address, rows: Address, count: number, index: Address, width: number, out: Address): void;
  scoreGmf(net: Address, user: Address, count: number, out: Address): void;
  scoreNeumf(scratch: Address, net: Address, user: Address, count: number, index: Address, out: Address): void;
  shift(values: Address, by: number, count: number): void;
  slopeNeumf(scratch: Address, net: Address, user: Address, count: number, index: Address, label: Address, weight: Address, slope: Address): void;
  readonly solveRows: ParallelKernel;
  top(vector: Address, rows: Address, count: number, width: number, k: number, index: Address, value: Address): number;
  topRounded(
    vector: Address,
    unit: number,
    rows: Address,
    scale: Address,
    count: number,
    width: number,
    k: number,
    index: Address,
    value: Address,
  ): number;
  /** of the factor that solveRows leaves at the end of its scratch */
  substitute(factor: Address, x: Address, width: number): void;
  moments(values: Address, count: number, out: Address): number;
  readonly update: ParallelKernel;
  shrunkCosines(dots: Address, lengths: Address, count: number, length: number, shrinkage: number): void;
  weightedSum(list: Address, parts: number, count: number, sums: Address): void;
}

/** The names of the kernels that run in chunks. */
export type ParallelName = 'descend' | 'gram' | 'learnNeumf' | 'panel' | 'solveRows' | 'update';
