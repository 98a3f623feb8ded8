import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Umzug, type UmzugStorage } from 'umzug';
import type { AnyPlugin } from '../plugin.ts';
import { inOrder } from '../order.ts';

/** Any number that no other program uses for an advisory lock on this database. */
const migrationLock = 7_236_451;

/** Runs the work while no other process of this site does the same. */
export async function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>, key = migrationLock): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [key]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Brings the tables of the core and of every installed plugin up to date, on or off: a toggle never needs DDL.
 * @returns the names of the migrations that ran
 */
export function migrate(url: string, plugins: readonly AnyPlugin[]): Promise<string[]> {
  return withLock(url, async (client) => {
    await client.query('create table if not exists migration (name text primary key, run_at timestamptz not null default now())');
    const migrations = migrationsOf(plugins).map(({ name, file }) => ({ name, up: () => apply(client, name, file) }));
    const umzug = new Umzug({ migrations, storage: storage(client), context: {}, logger: undefined });
    return (await umzug.up()).map(({ name }) => name);
  });
}

function migrationsOf(plugins: readonly AnyPlugin[]): { name: string; file: URL }[] {
  const folders: [string, URL][] = [['core', new URL('./migrations/', import.meta.url)]];
  for (const plugin of inOrder(plugins)) if (plugin.migrations) folders.push([plugin.id, plugin.migrations]);
  return folders.flatMap(([owner, folder]) =>
    readdirSync(fileURLToPath(folder))
      .filter((file) => file.endsWith('.sql'))
      .sort()
      .map((file) => ({ name: `${owner}/${basename(file, '.sql')}`, file: new URL(file, folder) })),
  );
}

/** The step and its mark commit together. */
async function apply(client: pg.Client, name: string, file: URL): Promise<void> {
  await client.query('begin');
  try {
    await client.query(readFileSync(file, 'utf8'));
    await client.query('insert into migration (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

function storage(client: pg.Client): UmzugStorage {
  return {
    executed: async () => (await client.query<{ name: string }>('select name from migration')).rows.map(({ name }) => name),
    logMigration: async () => {},
    unlogMigration: async () => {},
  };
}
