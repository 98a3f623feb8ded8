// A thread of a Team (threads.ts). Plain JavaScript, so that it runs from the sources as it does from build/.
import { parentPort, workerData } from 'node:worker_threads';

const { module, memory, scratch, counter } = workerData;
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
const next = new Int32Array(memory.buffer, counter, 1);

parentPort.on('message', ({ kernel, total, step, same }) => {
  for (;;) {
    const from = Atomics.add(next, 0, step);
    if (from >= total) break;
    kernels[kernel](scratch, from, Math.min(total, from + step), ...same);
  }
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
