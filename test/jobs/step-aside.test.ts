import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { processorsIn } from '../../jobs/step-aside.ts';

const build = (file: string): string => fileURLToPath(new URL(`../../build/${file}`, import.meta.url));
/** Tells the thread's nice value, scheduling policy (as proc(5) numbers them) and processors afterwards. */
const thread = `
  const { parentPort } = require('node:worker_threads'), { readFileSync } = require('node:fs');
  import('file://${build('jobs/step-aside.js')}').then(({ stepAside }) => {
    stepAside();
    const fields = readFileSync('/proc/thread-self/stat', 'utf8').split(') ')[1].split(' ');
    parentPort.postMessage({ nice: Number(fields[16]), policy: Number(fields[38]), status: readFileSync('/proc/thread-self/status', 'utf8') });
  });
`;
const idle = 5;
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const processors = (): number[] => processorsIn(readFileSync('/proc/self/status', 'utf8'));

(process.platform === 'linux' ? test : test.skip)(
  'a thread that stepped aside works when the others leave a processor, on half of these, and they stay as they were',
  async () => {
    const before = { nice: getPriority(), processors: processors() },
      [standing] = (await once(new Worker(thread, { eval: true }), 'message')) as [{ status: string }];
    expect(standing).toMatchObject({ nice: 19, policy: has('chrt') ? idle : 0 });
    const half = before.processors.slice(Math.floor(before.processors.length / 2));
    expect(processorsIn(standing.status)).toEqual(has('taskset') ? half : before.processors);
    expect({ nice: getPriority(), processors: processors() }).toEqual(before);
  },
);

(process.platform === 'linux' ? test : test.skip)('a thread of a job has stepped aside before its module is loaded', async () => {
  const { inThread } = (await import(build('jobs/in-thread.js'))) as { inThread: (module: URL, task: object, watch: object) => Promise<number> };
  const early = `import { parentPort } from 'node:worker_threads'; import { getPriority } from 'node:os'; parentPort.postMessage({ result: getPriority() });`;
  const watch = { signal: new AbortController().signal, progress() {} };
  expect(await inThread(new URL(`data:text/javascript,${encodeURIComponent(early)}`), {}, watch)).toBe(19);
});

test('processors as the kernel lists them, if it does', () => {
  const listed = (list: string): number[] => processorsIn(`Threads:\t1\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`);
  expect(listed('0')).toEqual([0]);
  expect(listed('0-2')).toEqual([0, 1, 2]);
  expect(listed('0-1,8,10-12')).toEqual([0, 1, 8, 10, 11, 12]);
  expect(processorsIn('Threads:\t1\n')).toEqual([]);
});
