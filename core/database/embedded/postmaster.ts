import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { unavailable } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { program, run, type Server } from './server.ts';

/** For a small machine that the server shares with the application; on disk before it answers (fsync stays on). */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=128MB',
  'effective_cache_size=512MB',
  'work_mem=8MB',
  'maintenance_work_mem=96MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'random_page_cost=1.1',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
  'log_min_messages=warning',
];

/** Worth another try: a dying server still has the folder, or somebody just took the port. */
const passing = /lock file .* already exists|pre-existing shared memory|could not bind|could not create any TCP/;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** What the server's lock file says: of a running server, or of one that was killed. Its lines are PostgreSQL's own format. */
export function readPostmaster(server: Server): Postmaster | undefined {
  const lines = read(join(server.data, 'postmaster.pid')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** Whether the number of a process is (still) that of the server of this folder. */
export function whois(pid: number, server: Server): 'server' | 'stranger' | 'nobody' {
  if (process.platform === 'linux') {
    const command = read(`/proc/${pid}/cmdline`);
    return command.includes(server.data) ? 'server' : command ? 'stranger' : 'nobody';
  }
  try {
    process.kill(pid, 0);
    return 'server';
  } catch {
    return 'nobody';
  }
}

/**
 * Starts the server and waits until it takes connections, after a crash also until it has recovered.
 * It is detached: Ctrl-C in the terminal must reach the application alone, which stops the server when it has drained.
 * @returns false when it is worth trying again
 */
export async function launch(server: Server, log: Logger): Promise<boolean> {
  const { handle, from } = openLog(server);
  const port = await freePort(lastPort(server));
  const child = program(server, 'postgres', ['-D', server.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
    stdio: ['ignore', handle, handle],
    detached: true,
    windowsHide: true,
  });
  closeSync(handle);
  child.unref();
  let ended: string | undefined;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = `code ${code ?? signal}`;
  });
  while (ended === undefined) {
    const now = readPostmaster(server);
    if (now?.ready && now.pid === child.pid) {
      child.once('exit', (code) => {
        if (code !== 0) log.error(`the embedded PostgreSQL ended; start Marquee again (${server.logFile})`);
      });
      return true;
    }
    await pause(20);
  }
  return explain(server, ended, readFileSync(server.logFile).subarray(from).toString());
}

function explain(server: Server, ended: string, output: string): false {
  if (!passing.test(output)) throw unavailable(`The embedded PostgreSQL did not start (${ended}); ${server.logFile} says:\n${output.trim()}`);
  const old = readPostmaster(server);
  // The number of a server that was killed was given to another program: PostgreSQL would wait for that one for ever.
  if (old && whois(old.pid, server) === 'stranger') rmSync(join(server.data, 'postmaster.pid'), { force: true });
  return false;
}

/** Waits for running transactions to be rolled back, not for clients to leave. */
export async function stopServer(server: Server, log: Logger): Promise<void> {
  const { code, output } = await run(server, 'pg_ctl', ['stop', '-D', server.data, '-m', 'fast', '-w', '-t', '60', '-s']);
  if (code !== 0 && readPostmaster(server)) log.error('the embedded PostgreSQL did not stop', { output });
}

function openLog(server: Server): { handle: number; from: number } {
  const size = statSync(server.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const full = size > 1_000_000;
  if (full) renameSync(server.logFile, `${server.logFile}.old`);
  return { handle: openSync(server.logFile, 'a', 0o600), from: full ? 0 : size };
}

/** The same port as last time if possible, so that other processes of this site find a restarted server again. */
function lastPort(server: Server): number {
  return Number(/"-p" "(\d+)"/.exec(read(join(server.data, 'postmaster.opts')))?.[1] ?? 0);
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (wanted) resolve(freePort(0));
      else reject(error);
    });
    probe.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
