import type { AgendaBackend } from 'agenda';
import { PostgresBackend, PostgresJobRepository } from '@agendajs/postgres-backend';
import pg from 'pg';
import { withLock } from '../core/database/migrate.ts';
import type { Logger } from '../core/log.ts';

/** Any number but those of the other advisory locks on this database. */
const schemaLock = 7_236_452;
const selectionTimeout = 5000;

/** Where Agenda keeps its jobs. */
export interface Store {
  readonly backend: AgendaBackend;
  close(): Promise<void>;
}
export interface StoreParts {
  readonly databaseUrl: string;
  readonly jobsUrl: string | undefined;
  readonly log: Logger;
}

/**
 * Connected, with its tables or indexes made.
 * @throws when it cannot be reached; then nothing is left open
 */
export async function openStore({ databaseUrl, jobsUrl, log }: StoreParts): Promise<Store> {
  const store = jobsUrl ? await mongoStore(jobsUrl) : postgresStore(databaseUrl, log);
  try {
    await store.prepare();
    await store.backend.connect();
    guard(store.backend, log);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Agenda calls these without waiting for them: an error would be one that nobody caught, and end the process. */
function guard(backend: AgendaBackend, log: Logger): void {
  // connected already; the constructor does it once more
  backend.connect = async () => {};
  const unlock = backend.repository.unlockJob.bind(backend.repository);
  backend.repository.unlockJob = (job) => unlock(job).catch((error: Error) => log.debug('a job stays locked for a while', { reason: error.message }));
}

/** A pool of its own, because that of the backend has no listener for errors: a restart of the server would end the process. */
function postgresStore(url: string, log: Logger): Store & { prepare(): Promise<unknown> } {
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'marquee-agenda', keepAlive: true });
  pool.on('error', (error) => log.warn('a connection of the job queue was lost', { reason: error.message }));
  return {
    backend: new PostgresBackend({ pool, ensureSchema: false, disableNotifications: true }),
    // Several processes that make the table at once would fail each other.
    prepare: () => withLock(url, () => new PostgresJobRepository({ pool, ensureSchema: true }).connect(), schemaLock),
    close: () => pool.end(),
  };
}

async function mongoStore(url: string): Promise<Store & { prepare(): Promise<unknown> }> {
  const { MongoBackend, MongoClient } = await import('@agendajs/mongo-backend');
  const client = new MongoClient(url, { serverSelectionTimeoutMS: selectionTimeout, appName: 'marquee' });
  return { backend: new MongoBackend({ mongo: client.db() }), prepare: () => client.connect(), close: () => client.close() };
}
