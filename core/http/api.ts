import { Router, json, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { badToken, forbidden, notFound } from '../errors.ts';
import type { ApiRoute } from './api-route.ts';
import { read } from './form.ts';
import { openApi } from './openapi.ts';
import type { Scope, Tokens } from './tokens.ts';

/** "/films/{id}" as Express writes it */
export const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The JSON API of all plugins that are on. It knows no cookies, so it needs no guard against foreign forms. */
export class Api {
  readonly router = Router();
  readonly #tokens: Tokens;
  readonly #routes = new Map<string, readonly ApiRoute[]>();
  #live = Router();

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
    this.router.get('/openapi.json', (_request, response) => void response.json(openApi(this.routes)));
    this.router.use(json({ limit: '1mb' }), (request, response, next) => this.#live(request, response, next));
    // Beyond lie the pages, whose form guard would ask a program for a token of a form.
    this.router.use(() => {
      throw notFound('operation of the API');
    });
  }

  get routes(): ApiRoute[] {
    return [...this.#routes.values()].flat();
  }

  add(plugin: string, routes: readonly ApiRoute[]): () => void {
    this.#routes.set(plugin, routes);
    this.#rebuild();
    return () => {
      this.#routes.delete(plugin);
      this.#rebuild();
    };
  }

  #rebuild(): void {
    const live = Router();
    for (const route of this.routes) live[route.method](expressPath(route.path), this.#allow(route.scope), handlerOf(route));
    this.#live = live;
  }

  #allow(scope: Scope): RequestHandler {
    return async (request, _response, next) => {
      const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
      const granted = token === undefined ? undefined : await this.#tokens.check(token);
      if (granted === undefined) throw badToken();
      if (scope === 'write' && granted !== 'write') throw forbidden('This token may only read. Make one with the scope "write" in the console.');
      next();
    };
  }
}

const handlerOf =
  (route: ApiRoute): RequestHandler =>
  async (request, response) => {
    const answer: unknown = await route.handler({
      params: part(route.params, request.params),
      query: part(route.query, request.query),
      body: part(route.body, request.body),
      request,
    } as never);
    response.status(route.status ?? 200).json(route.response.parse(answer));
  };
const part = (schema: z.ZodType | undefined, input: Request['query' | 'params' | 'body']): unknown => (schema ? read(schema, input) : undefined);
