/** An address in the memory that a module was instantiated with: the `byteOffset` of one of its arena's arrays. */
export type Address = number;

/** What the compiled module exports; math/kernels/assembly says what each does. Sizes are elements, widths bytes. */
export interface Kernels {
  score(vector: Address, rows: Address, count: number, width: number, out: Address): void;
  top(vector: Address, rows: Address, count: number, width: number, k: number, index: Address, value: Address): number;
}
