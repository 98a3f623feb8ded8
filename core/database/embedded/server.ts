import { spawn, type SpawnOptions } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../../log.ts';
import { findBinaries } from './binaries.ts';
import { findHome, type Home } from './home.ts';

/** Everything that must be known to run the server. Paths are free of symbolic links. */
export interface Server extends Home {
  readonly binaries: string;
  readonly data: string;
  /** what the server writes while it runs */
  readonly logFile: string;
}

/** Finds or makes the places; nothing is started. */
export function locate(dataDir: string, log: Logger): Server {
  const home = findHome(dataDir, log);
  return { ...home, binaries: findBinaries(home), data: join(home.folder, 'data'), logFile: join(home.folder, 'server.log') };
}

/** One of PostgreSQL's programs as the server's user, in a folder that this user can enter. */
export const program = (server: Server, name: string, args: readonly string[], options: SpawnOptions) =>
  spawn(join(server.binaries, name), args, { ...options, ...server.account, cwd: server.folder });

/**
 * Runs a program to its end.
 * @returns its exit code (null when killed) and everything that it wrote
 */
export function run(server: Server, name: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = program(server, name, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let output = '';
  const collect = (text: Buffer) => {
    output += text.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
