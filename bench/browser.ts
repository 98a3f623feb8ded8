import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { BenchSite } from './site.ts';

export interface Figures {
  /** milliseconds since the start */ readonly cpu: number;
  /** bytes, resident */ readonly memory: number;
}
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** A web process of its own, and one connection to it that stays open and carries one request at a time. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #cookies = new Map<string, string>();

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#port = port;
  }

  static async open(kind: 'site' | 'bare', { environment }: Pick<BenchSite, 'environment'>): Promise<Browser> {
    const child = fork(new URL('./web.js', import.meta.url), [kind, JSON.stringify(environment)]);
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new Browser(child, port);
  }

  /** Sends the request and reads the answer to its end. */
  async send(path: string, form?: Readonly<Record<string, string>>, accept = 'text/html'): Promise<Answer> {
    const since = performance.now(),
      body = form && new URLSearchParams(form).toString();
    const sent = request({
      host: '127.0.0.1',
      port: this.#port,
      path,
      agent: this.#agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }),
      },
    }).end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const received = await text(answer),
      milliseconds = performance.now() - since;
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      this.#cookies.set(name!, value!);
    }
    return { status: answer.statusCode!, body: received, milliseconds };
  }

  async signIn(email: string, password: string): Promise<void> {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await this.send('/sign-in')).body)![1]!;
    const { status } = await this.send('/sign-in', { csrf, email, password });
    if (status !== 303) throw new Error(`Signing in was answered with ${status}.`);
  }

  async figures(): Promise<Figures> {
    this.#child.send('figures');
    return ((await once(this.#child, 'message')) as [Figures])[0];
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }
}
