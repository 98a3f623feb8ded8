/** How a piece of work is done; every long computation over the kernels takes it. */
export interface Work {
  /** How many share it; 1, unless given: in the calling thread, which goes on with other things in between. */
  readonly threads?: number;
  /** Ends it early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told the share that is done, in ascending order up to 1. */
  readonly progress?: (fraction: number) => void;
  /** The same bits on every machine, at the price of some speed. */
  readonly strict?: boolean;
}
