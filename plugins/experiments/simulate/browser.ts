/** What a page needs of a browser: cookies, forms with their token, and a clock that the site believes. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly html: string;
}
export interface Site {
  readonly url: string;
  /** signs a time (ISO) so that the site takes it as the request's */
  readonly sign: (time: string) => string;
  /** waits until the next request may be sent */
  readonly turn: () => Promise<void>;
  readonly clockHeader: string;
}

const patience = 30_000;

export class Browser {
  readonly #site: Site;
  readonly #cookies = new Map<string, string>();
  constructor(site: Site) {
    this.#site = site;
  }

  get(path: string, at: Date): Promise<Answer> {
    return this.#send(path, at, undefined);
  }

  /** @param csrf the token of the page that the form stands on */
  post(path: string, at: Date, csrf: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#send(path, at, new URLSearchParams({ ...fields, csrf }));
  }

  async #send(path: string, at: Date, body: URLSearchParams | undefined): Promise<Answer> {
    const { url, sign, turn, clockHeader } = this.#site;
    await turn();
    const response = await fetch(url + path, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
      ...(body && { body }),
      headers: {
        accept: 'text/html',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        [clockHeader]: sign(at.toISOString()),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) this.#cookies.set(name, value!);
    }
    const html = await response.text();
    if (response.status >= 400) throw new Error(`${body ? 'POST' : 'GET'} ${path.replace(/[0-9a-f-]{36}/, '…')} answered ${response.status}`);
    return { status: response.status, location: response.headers.get('location') ?? undefined, html };
  }
}
