/**
 * Largest heap and array buffers of this thread, sampled: whoever works calls `sample` where memory is likely at its peak.
 * The process's resident memory would be no answer, because pages and other trainings share it. The memory of kernels is in
 * it: V8 counts none that threads share, so each arena holds buffers that it does count (math/kernels/arena.ts).
 */
export class MemoryPeak {
  #bytes = 0;

  sample(): void {
    const { heapUsed, external } = process.memoryUsage();
    this.#bytes = Math.max(this.#bytes, heapUsed + external);
  }

  get bytes(): number {
    return this.#bytes;
  }
}
