import { randomInt } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unavailable } from '../../errors.ts';
import { putInPlace } from './home.ts';
import { run, type Server } from './server.ts';

export const role = 'marquee';

/**
 * Makes the data folder if there is none. It grows under another name and is renamed when complete,
 * so that a start that was killed leaves nothing half-made, and of two first starts one wins.
 */
export async function ensureCluster(server: Server, password: string): Promise<void> {
  if (existsSync(server.data)) return;
  removeLeftovers(server.folder);
  const fresh = `${server.data}.new-${process.pid}-${randomInt(1e9)}`;
  const passwordFile = `${fresh}.password`;
  try {
    hand(server, () => mkdirSync(fresh, { mode: 0o700 }), fresh);
    hand(server, () => writeFileSync(passwordFile, password, { mode: 0o600 }), passwordFile);
    await initialise(server, fresh, passwordFile);
    putInPlace(fresh, server.data);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

function hand(server: Server, make: () => void, path: string): void {
  make();
  if (server.account) chownSync(path, server.account.uid, server.account.gid);
}

/**
 * Sorts by the rules of Unicode, wherever the site runs. LC_CTYPE must be a UTF-8 one where the system has any:
 * with "C" trigrams leave out every letter beyond ASCII, and "Amélie" is found as "am" and "lie".
 */
async function initialise(server: Server, folder: string, passwordFile: string): Promise<void> {
  const args = [
    '-D',
    folder,
    '-U',
    role,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--no-instructions',
  ];
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const { code, output } = await run(server, 'initdb', [...args, `--lc-ctype=${ctype}`]).catch(cannotRun);
    if (code === 0) return;
    if (!output.includes('invalid locale name'))
      throw unavailable(`The embedded database could not be made:\n${output.trim().split('\n').slice(-3).join('\n')}`);
  }
}

function cannotRun(error: Error): never {
  throw unavailable(
    `The embedded PostgreSQL does not run on this machine (${error.message}; on Linux it needs glibc 2.27 or newer): ` +
      'set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

/** What starts left behind that were killed half-way. Where the process in the name lives, it may be at it right now. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.new-(\d+)/.exec(name)?.[1];
    if (pid && !lives(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
