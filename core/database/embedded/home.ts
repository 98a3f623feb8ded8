import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unavailable } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { accountFor, type Account } from './account.ts';

/** The folder of the server (data/, server.log, sometimes binaries) and the user that it runs as. */
export interface Home {
  readonly folder: string;
  readonly account: Account | undefined;
}

/**
 * Normally `postgres/` in the data folder. Root's server runs as another user, who cannot pass through a folder
 * with mode 0700, such as /root: then the folder is made in /var/lib, which outlives a restart of the machine,
 * and `postgres` is a symbolic link to it, by which the next start finds it again.
 */
export function findHome(dataDir: string, log: Logger): Home {
  const entry = join(dataDir, 'postgres');
  if (!lstatSync(entry, { throwIfNoEntry: false })) makeHome(entry, log);
  const folder = follow(entry);
  return { folder, account: accountFor(folder) };
}

function makeHome(entry: string, log: Logger): void {
  if (process.getuid?.() !== 0 || passable(dirname(entry))) {
    mkdirSync(entry, { recursive: true });
    // Whatever the umask: below it the server's user owns its data.
    chmodSync(entry, 0o755);
    return;
  }
  const folder = elsewhere();
  log.info(`${dirname(entry)} is closed to the user of PostgreSQL; its data go to ${folder}`);
  linkOnce(folder, entry);
}

function elsewhere(): string {
  for (const parent of ['/var/lib', tmpdir()]) {
    try {
      if (!passable(parent)) continue;
      const folder = mkdtempSync(join(parent, 'marquee-'));
      chmodSync(folder, 0o755);
      return folder;
    } catch {
      /* not there or read-only: the next one */
    }
  }
  throw unavailable(
    'The user of PostgreSQL can pass neither to DATA_DIR nor to /var/lib: set DATA_DIR to a folder below ' +
      'which and above which all may pass (chmod o+x), start as an ordinary user, or set DATABASE_URL.',
  );
}

function linkOnce(folder: string, entry: string): void {
  try {
    symlinkSync(folder, entry);
  } catch (error) {
    // Another process that starts at the same moment was first: its folder counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function follow(entry: string): string {
  try {
    return realpathSync(entry);
  } catch {
    throw unavailable(`The data of the embedded database are gone: ${entry} points to nothing. Restore them, or delete ${entry} to begin anew.`);
  }
}

/** Whether every user may pass through all folders down to this path, itself included. */
export function passable(path: string): boolean {
  const real = realpathSync(path);
  const open = (statSync(real).mode & 0o001) !== 0;
  return open && (dirname(real) === real || passable(dirname(real)));
}

/** Gives a complete folder its real name. Where another process was first, its folder counts. */
export function putInPlace(fresh: string, folder: string): void {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
