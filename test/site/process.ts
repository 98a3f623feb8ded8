import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { schema } from '../../config/env.ts';
import { projectRoot } from '../../config/paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;
/** How long a process may take to get ready: on an empty database it fills the site and trains the first models. */
const patience = 120_000;

/** A module of the build in a process of its own. */
export class BuiltProcess {
  /** all that it has printed so far */
  output = '';
  /** Resolves when the process has ended, with its code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(module: string, args: readonly string[], env: Environment) {
    this.#child = spawn(process.execPath, [built(module), ...args], { cwd: projectRoot, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  /** Asks it to stop, as Ctrl-C does, and gives its exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Ends it as a power cut would. */
  kill(): Promise<number | null> {
    return this.#end('SIGKILL');
  }

  #end(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return this.ended;
  }
}

/** A process of the site, as `npm start` runs it. */
export class SiteProcess extends BuiltProcess {
  readonly base: string;
  constructor(env: Environment) {
    super('config/main', [], env);
    this.base = `http://127.0.0.1:${env['PORT']}`;
  }

  /** Resolves when it serves pages. */
  async ready(): Promise<this> {
    const over = new AbortController();
    const early = this.ended.then((code) => {
      throw new Error(`The site ended with code ${code} before it was ready:\n${this.output}`);
    });
    const answers = async (): Promise<boolean> => (await fetch(`${this.base}/readyz`)).ok;
    await Promise.race([early, until(`${this.base}/readyz says yes`, answers, patience, over.signal)])
      .catch(async (error: unknown) => {
        await this.kill();
        throw error;
      })
      .finally(() => over.abort());
    return this;
  }
}

/** A data folder that the database's own user can get through to, and its end. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'marquee-site-'));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A port that nobody listened at a moment ago. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

/**
 * Asks again and again until the answer is yes; an error counts as no.
 * @param limit in milliseconds
 */
export async function until(what: string, holds: () => Promise<boolean>, limit: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + limit;
  while (!(await holds().catch(() => false))) {
    if (signal?.aborted) return;
    if (performance.now() > end) throw new Error(`Waited ${limit} ms in vain until ${what}.`);
    await pause(50);
  }
}

function built(module: string): string {
  const file = join(projectRoot, 'build', `${module}.js`);
  if (!existsSync(file)) throw new Error(`There is no build/${module}.js: run \`npm run build\` first, or \`npm test\`, which builds by itself.`);
  return file;
}

/** What the test's own environment, or a developer's .env, says about some other site does not reach this one: empty counts as not set. */
const unset = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, '']));
const environment = (env: Environment): NodeJS.ProcessEnv => ({ ...process.env, ...unset, NODE_ENV: 'production', ...env });
