import pg from 'pg';
import type { Bus } from '../bus.ts';
import type { Logger } from '../log.ts';

const channel = 'marquee';
type Handler = (text: string | undefined) => void | Promise<void>;

/** The bus over one connection of its own that comes back by itself. */
export class PostgresBus implements Bus {
  readonly #url: string;
  readonly #log: Logger;
  readonly #handlers = new Map<string, Set<Handler>>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  async notify(tx: Parameters<Bus['notify']>[0], topic: string, text = ''): Promise<void> {
    await tx.rows('select pg_notify($1, $2)', [channel, `${topic} ${text}`]);
  }

  on(topic: string, handle: Handler): () => void {
    const set = this.#handlers.get(topic) ?? new Set();
    this.#handlers.set(topic, set.add(handle));
    return () => void set.delete(handle);
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'marquee-bus', keepAlive: true });
    client.on('notification', ({ payload = '' }) => this.#deliver(payload));
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    await client.connect();
    await client.query(`listen ${channel}`);
    this.#client = client;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #lost(client: pg.Client): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    this.#log.warn('lost the notification connection; trying again');
    this.#again();
  }

  #again(): void {
    this.#retry = setTimeout(() => {
      this.open().then(
        () => {
          for (const topic of this.#handlers.keys()) this.#call(topic, undefined);
        },
        () => {
          if (!this.#closed) this.#again();
        },
      );
    }, 500);
  }

  #deliver(payload: string): void {
    const space = payload.indexOf(' ');
    this.#call(payload.slice(0, space), payload.slice(space + 1));
  }

  #call(topic: string, text: string | undefined): void {
    for (const handle of this.#handlers.get(topic) ?? []) {
      Promise.resolve(text)
        .then(handle)
        .catch((error: unknown) => this.#log.error(`a listener of topic ${topic} failed`, error));
    }
  }
}
