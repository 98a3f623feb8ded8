import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unavailable } from '../../errors.ts';

/** The user that the server runs as, where it is not the one of this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root gives it another user: the owner of the data if there are any,
 * else `postgres`, else `nobody`. An ordinary user runs it as itself.
 */
export function accountFor(home: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return ownerOf(join(home, 'data')) ?? fromPasswd('postgres') ?? fromPasswd('nobody') ?? refuse();
}

function ownerOf(data: string): Account | undefined {
  const owner = statSync(data, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : undefined;
}

function fromPasswd(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  // Some systems write nobody's number as -2.
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } : undefined;
}

function refuse(): never {
  throw unavailable('PostgreSQL does not run as root, and there is no user postgres or nobody: make one, or set DATABASE_URL.');
}
