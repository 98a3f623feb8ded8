import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Lets the calling thread, and those that it will start, work only when pages and the database leave a processor idle: by
 * Linux's class for that where there is `chrt` to ask for it, which takes the processor back at once, and else by the lowest
 * priority. On Linux only: elsewhere the priority is that of the whole process, which may serve pages too.
 */
export function stepAside(): void {
  if (process.platform !== 'linux') return;
  setPriority(constants.priority.PRIORITY_LOW);
  const thread = basename(readlinkSync('/proc/thread-self'));
  // It may be missing or forbidden: then the priority has to do.
  spawnSync('chrt', ['--idle', '--pid', '0', thread], { stdio: 'ignore' });
}
