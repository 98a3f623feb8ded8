import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './database.ts';
import type { Table } from './table.ts';
import { megabytes, timed } from './timing.ts';

const main = fileURLToPath(new URL('../config/main.js', import.meta.url));

/** The whole site, console and worker in one process, from nothing and again. */
export async function starting(): Promise<Table> {
  const folder = temporaryFolder(),
    rows: (string | number)[][] = [];
  for (const title of ['First start: makes the database, fills it, trains', 'Second start']) {
    const port = await freePort(),
      child = spawn(process.execPath, [main], {
        env: { PORT: String(port), DATA_DIR: folder, NODE_ENV: 'production', HOST: '127.0.0.1' },
        stdio: 'ignore',
      });
    const { seconds } = await timed(() => ready(port, child)),
      memory = await memoryOf(port),
      stop = await timed(() => end(child));
    rows.push([title, seconds, megabytes(memory), stop.seconds]);
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    title: 'Starting',
    columns: ['Start', 'Seconds until ready', 'MB resident', 'Seconds to stop'],
    rows,
    note: 'The built site with the built-in films, `ROLE=all`, until `/readyz` says yes; installing and building not counted.',
  };
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  while (
    !(await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`The site ended with code ${child.exitCode}.`);
    await pause(20);
  }
}

async function memoryOf(port: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
