import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Lets the calling thread, and those that it will start, work only when pages and the database leave a processor idle: by
 * Linux's class for that where there is `chrt` to ask for it, which takes the processor back at once, and else by the lowest
 * priority. It also keeps to the upper half of the processors, where there is `taskset`: what pages need stays in the caches of
 * the others. On Linux only: elsewhere the priority is that of the whole process, which may serve pages too.
 */
export function stepAside(): void {
  if (process.platform !== 'linux') return;
  setPriority(constants.priority.PRIORITY_LOW);
  const thread = basename(readlinkSync('/proc/thread-self')),
    all = processorsIn(readFileSync('/proc/thread-self/status', 'utf8'));
  // Either may be missing or forbidden: then the priority has to do.
  spawnSync('chrt', ['--idle', '--pid', '0', thread], { stdio: 'ignore' });
  if (all.length > 1) spawnSync('taskset', ['--cpu-list', '--pid', all.slice(Math.floor(all.length / 2)).join(','), thread], { stdio: 'ignore' });
}

/** @param status of a thread, as the kernel writes it; some do not say which processors, others "0-3,8" */
export function processorsIn(status: string): number[] {
  const [, list] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status) ?? [];
  return (list?.split(',') ?? []).flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number) as [number, number?];
    return Array.from({ length: to! - from + 1 }, (_, i) => from + i);
  });
}
