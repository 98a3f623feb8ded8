import { setTimeout as pause } from 'node:timers/promises';
import { loadSecrets } from '../../../config/secrets.ts';
import { unavailable } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { ensureCluster } from './cluster.ts';
import { join, type Hold } from './hold.ts';
import { launch, readPostmaster, stopServer, whois } from './postmaster.ts';
import { locate, type Server } from './server.ts';

/** Long enough for the recovery after a crash of a busy site. */
const patience = 180_000;

export interface Embedded {
  /** of the database `marquee`, with the password: not for logs */
  readonly url: string;
  /** Call it once everything else that uses the database has ended. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL from the registry package, with its data in `dataDir`, on a free port of 127.0.0.1.
 * Starts it, or joins the one that runs already: another process's of this site, or one whose processes were killed.
 * Nobody owns it: `stop` stops the server when the caller is the last process that uses it.
 * @throws AppError that says what to do
 */
export async function startEmbedded({ dataDir, log }: { dataDir: string; log: Logger }): Promise<Embedded> {
  const { database: password } = loadSecrets(dataDir);
  const server = locate(dataDir, log);
  await ensureCluster(server, password);
  const hold = await startOrJoin(server, password, log);
  let stopping: Promise<void> | undefined;
  return { url: hold.url, stop: () => (stopping ??= leave(server, hold, log)) };
}

async function startOrJoin(server: Server, password: string, log: Logger): Promise<Hold> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(100)) {
    const seen = readPostmaster(server);
    const running = seen !== undefined && whois(seen.pid, server) === 'server';
    if (!running && !(await launch(server, log))) continue;
    const hold = await join(server, readPostmaster(server)?.port ?? 0, password);
    if (hold) {
      log.debug(running ? 'joined the embedded PostgreSQL that runs already' : 'started the embedded PostgreSQL');
      return hold;
    }
  }
  throw unavailable(`The embedded PostgreSQL was not ready in ${patience / 1000} s; see ${server.logFile}.`);
}

async function leave(server: Server, hold: Hold, log: Logger): Promise<void> {
  if (await hold.release()) await stopServer(server, log);
}
