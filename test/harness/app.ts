import type { Express } from 'express';
import request from 'supertest';
import { connect } from '../../core/database/connect.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { migrate } from '../../core/database/migrate.ts';
import { createApp, type App } from '../../core/app.ts';
import type { JobDefinition, Jobs } from '../../core/jobs.ts';
import { silent, type Logger } from '../../core/log.ts';
import type { Mailer } from '../../core/mail.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import { Catalogues } from '../../recommend/ports.ts';
import { Signer } from '../../core/http/signing.ts';
import { testDatabase } from './database.ts';

export const views = new URL('../../views/', import.meta.url);
export const secrets = { session: 'a session secret that only tests use', signing: 'a signing secret that only tests use' };

/** Jobs without Agenda: what is enqueued is kept, `run` runs it here and now. */
export class JobsInMemory implements Jobs {
  readonly definitions = new Map<string, JobDefinition>();
  readonly queue: { id: number; name: string; payload: object }[] = [];

  async enqueue(_tx: unknown, name: string, payload: object = {}): Promise<number> {
    this.queue.push({ id: this.queue.length + 1, name, payload });
    return this.queue.length;
  }
  async cancel(): Promise<void> {}
  start(job: JobDefinition): () => Promise<void> {
    this.definitions.set(job.name, job);
    return async () => void this.definitions.delete(job.name);
  }
  async run(name: string, payload: object = {}): Promise<unknown> {
    const job = this.definitions.get(name);
    if (!job) throw new Error(`No plugin that is on has the job ${name}.`);
    return job.run({ id: 1, payload: job.payload?.parse(payload) ?? payload, signal: new AbortController().signal, progress() {}, log: silent });
  }
}

export interface BootOptions {
  readonly plugins: readonly AnyPlugin[];
  readonly log?: Logger;
  /** another process of the same site */
  readonly databaseUrl?: string;
  readonly console?: Parameters<typeof createApp>[0]['console'];
  readonly mailer?: Mailer;
}
export interface Booted extends App {
  readonly memoryJobs: JobsInMemory;
  readonly databaseUrl: string;
  readonly signer: Signer;
  /** a browser of its own, with cookies */
  browser(): Browser;
  stop(): Promise<void>;
}

/** Boots the given plugins, and nothing else, over a real database of their own. */
export async function bootApp({ plugins, log = silent, databaseUrl, console, mailer }: BootOptions): Promise<Booted> {
  const database = databaseUrl ? { url: databaseUrl, drop: async () => {} } : await testDatabase();
  await migrate(database.url, plugins);
  const sequelize = connect(database.url, 5),
    bus = new PostgresBus(database.url, log),
    jobs = new JobsInMemory();
  await bus.open();
  const app = await createApp({
    plugins,
    sequelize,
    databaseUrl: database.url,
    bus,
    jobs,
    secrets,
    views,
    log,
    ...(console ? { console } : {}),
    ...(mailer ? { mailer } : {}),
  });
  return {
    ...app,
    memoryJobs: jobs,
    databaseUrl: database.url,
    signer: new Signer(secrets.signing),
    browser: () => new Browser(app.http),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

export interface TestFilm {
  readonly title: string;
  readonly year?: number;
  readonly runtime?: number;
  readonly hidden?: boolean;
}

/** Stores films and waits until the site's catalogue knows them. @returns their ids */
export async function addFilms({ sql, bus, host }: Booted, films: readonly TestFilm[]): Promise<number[]> {
  const rows = await sql.rows<{ id: number }>(
    `insert into film (title, year, runtime, hidden)
    select title, coalesce(year, 2000), runtime, coalesce(hidden, false)
    from json_to_recordset($1::json) as f (title text, year integer, runtime integer, hidden boolean) returning id`,
    [JSON.stringify(films)],
  );
  const ids = rows.map(({ id }) => id);
  await sql.transaction((tx) => bus.notify(tx, 'catalogue'));
  const catalogue = host.find(Catalogues)!;
  while (ids.some((id) => catalogue.current().position(id) === undefined)) await new Promise((resolve) => setImmediate(resolve));
  return ids;
}

type Fields = Readonly<Record<string, string | number>>;

/** Keeps cookies and sends forms as a browser would: with the token of the page that the form stands on. */
export class Browser {
  readonly agent: ReturnType<typeof request.agent>;
  /** @param site an app of this process, or the address of another one */
  constructor(site: Express | string) {
    this.agent = request.agent(site);
  }

  get(path: string): request.Test {
    return this.agent.get(path).set('accept', 'text/html');
  }

  /** Posts a form with the token found on the page `from`. */
  async post(path: string, fields: Fields = {}, from = '/sign-in'): Promise<request.Response> {
    // First the page, which brings the cookies, then the form.
    const csrf = await this.token(from);
    return this.agent
      .post(path)
      .set('accept', 'text/html')
      .type('form')
      .send({ ...fields, csrf });
  }

  async token(from: string): Promise<string> {
    const page = await this.get(from);
    const token = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1];
    if (!token) throw new Error(`${from} answered ${page.status} and has no form with a token.`);
    return token;
  }

  async signIn(email: string, password: string): Promise<request.Response> {
    return this.post('/sign-in', { email, password });
  }
}
