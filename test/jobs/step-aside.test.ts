import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';

const module = fileURLToPath(new URL('../../build/jobs/step-aside.js', import.meta.url));
/** Tells the thread's nice value and scheduling policy afterwards, as proc(5) numbers them. */
const thread = `
  const { parentPort } = require('node:worker_threads');
  import('file://${module}').then(({ stepAside }) => {
    stepAside();
    const fields = require('node:fs').readFileSync('/proc/thread-self/stat', 'utf8').split(') ')[1].split(' ');
    parentPort.postMessage({ nice: Number(fields[16]), policy: Number(fields[38]) });
  });
`;
const idle = 5;
const hasIdleClass = spawnSync('chrt', ['--version']).status === 0;

(process.platform === 'linux' ? test : test.skip)(
  'a thread that stepped aside works when the others leave a processor, and they stay as they were',
  async () => {
    const before = getPriority(),
      [standing] = (await once(new Worker(thread, { eval: true }), 'message')) as unknown[];
    expect(standing).toEqual({ nice: 19, policy: hasIdleClass ? idle : 0 });
    expect(getPriority()).toBe(before);
  },
);
