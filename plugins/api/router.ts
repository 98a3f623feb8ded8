import { Router, json, type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import type { ApiRoute } from '../../core/http/api-route.ts';
import { badToken, forbidden, notFound } from '../../core/errors.ts';
import { read } from '../../core/http/form.ts';
import type { Scope, Tokens } from './api.ts';
import { openApi } from './openapi.ts';

/** "/films/{id}" as Express writes it */
export const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/**
 * The JSON API of all plugins that are on. It knows no cookies, so it needs no guard against foreign forms.
 * @param operations by plugin, looked up anew for each request
 */
export function apiRouter(operations: ReadonlyMap<string, readonly ApiRoute[]>, tokens: Pick<Tokens, 'check'>): Router {
  const made = new WeakMap<readonly ApiRoute[], Router>();
  const routerOf = (routes: readonly ApiRoute[]): Router => {
    const router = made.get(routes) ?? routerFor(routes, tokens);
    made.set(routes, router);
    return router;
  };
  return Router()
    .get('/openapi.json', (_request, response) => void response.json(openApi([...operations.values()].flat())))
    .use(json({ limit: '1mb' }), (request, response, next) => inTurn([...operations.values()].map(routerOf))(request, response, next))
    .use(() => {
      // Beyond lie the pages, whose form guard would ask a program for a token of a form.
      throw notFound('operation of the API');
    });
}

const inTurn =
  ([first, ...rest]: readonly Router[]): RequestHandler =>
  (request, response, next) => {
    if (first) first(request, response, (error?: unknown) => (error === undefined ? inTurn(rest)(request, response, next) : next(error)));
    else next();
  };

function routerFor(routes: readonly ApiRoute[], tokens: Pick<Tokens, 'check'>): Router {
  const router = Router();
  for (const route of routes) router[route.method](expressPath(route.path), allow(route.scope, tokens), handlerOf(route));
  return router;
}

const allow =
  (scope: Scope, tokens: Pick<Tokens, 'check'>): RequestHandler =>
  async (request, _response, next) => {
    const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const granted = token === undefined ? undefined : await tokens.check(token);
    if (granted === undefined) throw badToken();
    if (scope === 'write' && granted !== 'write') throw forbidden('This token may only read. Make one with the scope "write" in the console.');
    next();
  };

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
