import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { plugins } from '../config/plugins.ts';
import { startEmbedded } from '../core/database/embedded/index.ts';
import { migrate } from '../core/database/migrate.ts';
import { silent } from '../core/log.ts';

/** An embedded server with its data in a temporary folder. */
export interface Server {
  readonly dataDir: string;
  /** @returns address of a new database with all tables */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const dataDir = temporaryFolder(),
    { url, stop } = await startEmbedded({ dataDir, log: silent });
  return {
    dataDir,
    async database(name) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${client.escapeIdentifier(name)}`);
      await client.end();
      const address = Object.assign(new URL(url), { pathname: name }).href;
      await migrate(address, plugins);
      return address;
    },
    stop: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One that the database's own user can enter, too. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}
