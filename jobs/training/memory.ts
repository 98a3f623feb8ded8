/**
 * Largest heap and array buffers of this thread, sampled: whoever works calls `sample` where memory is likely at its peak.
 * The process's resident memory would be no answer, because pages and other trainings share it. Memory that kernels share
 * between threads belongs to none of them and is not counted.
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
