import { AsyncLocalStorage } from 'node:async_hooks';
import { Router, type Request } from 'express';

/** The country of the request that is being answered, as the proxy in front of the site says it. */
export class Here {
  readonly #store = new AsyncLocalStorage<string>();
  readonly #header: string;

  /** @param header of requests, in small letters; '' = no country is known */
  constructor(header: string) {
    this.#header = header;
  }

  /** ISO 3166-1, two letters; undefined where nobody says, and outside of requests */
  get country(): string | undefined {
    return this.#store.getStore();
  }

  /** Ahead of everything else, so that it holds for the whole request. */
  routes(): Router {
    return Router().use((request, _response, next) => {
      const country = this.#of(request);
      if (country === undefined) next();
      else this.#store.run(country, next);
    });
  }

  /** Why no country is known of anybody, if so. */
  known(request: Request): 'yes' | 'no header' | 'no proxy' {
    if (this.#header === '') return 'no header';
    return trusts(request) ? 'yes' : 'no proxy';
  }

  /** Programs and operators ask for others, who need not be where they are. */
  #of(request: Request): string | undefined {
    if (this.#header === '' || /^\/(api|admin)(\/|$)/.test(request.path) || !trusts(request)) return undefined;
    const said = request.headers[this.#header];
    return typeof said === 'string' && /^[a-z]{2}$/i.test(said) && said.toUpperCase() !== 'XX' ? said.toUpperCase() : undefined;
  }
}

/** Whether a proxy stands in front (TRUST_PROXY): otherwise the viewer wrote the header, who may write anything. */
const trusts = ({ app, socket }: Request): boolean =>
  (app.get('trust proxy fn') as (address: string, hop: number) => boolean)(socket.remoteAddress ?? '', 0);
