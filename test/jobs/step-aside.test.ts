import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { processorsIn } from '../../jobs/step-aside.ts';

const module = fileURLToPath(new URL('../../build/jobs/step-aside.js', import.meta.url));
/** Tells the thread's nice value, scheduling policy (as proc(5) numbers them) and processors afterwards. */
const thread = `
  const { parentPort } = require('node:worker_threads'), { readFileSync } = require('node:fs');
  import('file://${module}').then(({ stepAside }) => {
    stepAside();
    const fields = readFileSync('/proc/thread-self/stat', 'utf8').split(') ')[1].split(' ');
    const [, processors] = /Cpus_allowed_list:\\s*(\\S+)/.exec(readFileSync('/proc/thread-self/status', 'utf8'));
    parentPort.postMessage({ nice: Number(fields[16]), policy: Number(fields[38]), processors });
  });
`;
const idle = 5;
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const processors = (): number[] => processorsIn(/Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]!);

(process.platform === 'linux' ? test : test.skip)(
  'a thread that stepped aside works when the others leave a processor, on half of these, and they stay as they were',
  async () => {
    const before = { nice: getPriority(), processors: processors() },
      [standing] = (await once(new Worker(thread, { eval: true }), 'message')) as [{ processors: string }];
    expect(standing).toMatchObject({ nice: 19, policy: has('chrt') ? idle : 0 });
    const half = before.processors.slice(Math.floor(before.processors.length / 2));
    expect(processorsIn(standing.processors)).toEqual(has('taskset') ? half : before.processors);
    expect({ nice: getPriority(), processors: processors() }).toEqual(before);
  },
);

test('processors as the kernel lists them', () => {
  expect(processorsIn('0')).toEqual([0]);
  expect(processorsIn('0-2')).toEqual([0, 1, 2]);
  expect(processorsIn('0-1,8,10-12')).toEqual([0, 1, 8, 10, 11, 12]);
});
