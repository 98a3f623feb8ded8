import { constants, setPriority } from 'node:os';

/**
 * Gives the calling thread, and those that it will start, the lowest priority, so that pages and the database go first.
 * On Linux only: elsewhere the priority is that of the whole process, which may serve pages too.
 */
export function stepAside(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
}
