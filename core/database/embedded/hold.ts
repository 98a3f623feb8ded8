import pg from 'pg';
import { unavailable } from '../../errors.ts';
import { role } from './cluster.ts';
import type { Server } from './server.ts';

const database = 'marquee';
/** Any number; nobody else takes advisory locks in the database `postgres`. */
const lock = 1;

/**
 * A process's claim on the running server: a shared lock that lives as long as its connection. So the server itself
 * knows who uses it, and forgets a process that was killed.
 */
export interface Hold {
  readonly url: string;
  /** Gives the claim up. True when nobody else has one: then the caller is the one to stop the server, and nobody can come in meanwhile. */
  release(): Promise<boolean>;
}

/**
 * Joins the server on this port.
 * @returns undefined when nothing answers there, when it is another site's server, or when it is being stopped
 * @throws AppError when it is ours but refuses the password
 */
export async function join(server: Server, port: number, password: string): Promise<Hold | undefined> {
  const url = (name: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${name}`;
  const client = await open(url('postgres'));
  if (!client) return undefined;
  try {
    if (await claim(client, server)) {
      await createDatabase(client);
      return { url: url(database), release: () => release(client, url('postgres')) };
    }
  } catch (error) {
    if (!isGoing(error)) throw error;
  }
  await client.end().catch(() => {});
  return undefined;
}

async function open(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'marquee-hold', keepAlive: true, ssl: false });
  // The server may go away at any time; the pools of the application notice and report it.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') return undefined;
    throw unavailable('The embedded database refuses the password in secrets.json: restore the secrets.json that belongs to these data.');
  }
}

async function claim(client: pg.Client, server: Server): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean; held: boolean }>(
    `select ours, ours and pg_try_advisory_lock_shared($2) as held from (select current_setting('data_directory') = $1 as ours) as s`,
    [server.data, lock],
  );
  return rows[0]?.held === true;
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  if (rowCount) return;
  await client.query(`create database ${database}`).catch((error: { code?: string }) => {
    // Two first processes at once: 42P04 and 23505 say that the other one was faster.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

/** Gives the shared lock up and tries for the exclusive one: of processes that leave together at most one gets it. */
async function release(client: pg.Client, url: string): Promise<boolean> {
  try {
    const last = await isLast(client).catch(async () => isLast(await reopen(url)));
    if (!last) await client.end();
    return last;
  } catch {
    return false;
  }
}

async function isLast(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [lock]);
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [lock]);
  return rows[0]?.last === true;
}

async function reopen(url: string): Promise<pg.Client> {
  const client = await open(url);
  if (!client) throw unavailable('The embedded database is gone already.');
  return client;
}

/** Class 57: the server is being shut down or was just started. No code: the connection broke. */
const isGoing = (error: unknown) => ((error as { code?: string }).code ?? '57').startsWith('57');
