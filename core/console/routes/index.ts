import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { badRequest, foreignRequest, notFound } from '../../errors.ts';
import { asJson, toAppError } from '../../http/failures.ts';
import type { Logger } from '../../log.ts';
import type { ConsoleDeps } from '../ports.ts';
import { algorithmRoutes } from './algorithms.ts';
import { blendRoutes } from './blends.ts';
import { jobRoutes } from './jobs.ts';
import { meRoutes } from './me.ts';
import { overviewRoutes } from './overview.ts';
import { pluginRoutes } from './plugins.ts';
import { previewRoutes } from './preview.ts';
import { suggestionRoutes } from './suggestions.ts';
import { whyRoutes } from './why.ts';

/** Data of the console's own pages, below /admin/data: the core's, and each plugin's while it is on. */
export function dataRoutes(deps: ConsoleDeps): Router {
  const core = Router().use(
    meRoutes(deps),
    overviewRoutes(deps),
    algorithmRoutes(deps),
    blendRoutes(deps),
    previewRoutes(deps),
    suggestionRoutes(deps),
    whyRoutes(deps),
    pluginRoutes(deps),
    jobRoutes(deps),
  );
  return Router()
    .use(express.json({ limit: '100kb', strict: true, reviver: refuseProto }), eachOnce)
    .use('/core', core)
    .use('/:plugin', (request, response, next) => {
      const routes = deps.consoleRoutes.get(request.params.plugin);
      if (routes) routes(request, response, next);
      else next();
    })
    .use(() => {
      throw notFound('kind of data, or its plugin is switched off');
    });
}

/** "__proto__" is no field of anything: a body that has one is malformed, like one that is no JSON. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is no field');
  return value;
}

/** Each parameter of an address is one text: repeated and bracketed ones are refused. */
const eachOnce: RequestHandler = ({ query }, _response, next) => {
  const odd = Object.entries(query).find(([name, value]) => typeof value !== 'string' || name.includes('['));
  next(odd && badRequest(`Give "${odd[0].split('[')[0]}" once.`));
};

/** Programs are never sent here from other sites, not even to read. */
export const ownSiteOnly: RequestHandler = (request, response, next) => {
  response.setHeader('cache-control', 'private, no-store');
  const site = request.headers['sec-fetch-site'];
  next(site === undefined || site === 'same-origin' || site === 'none' ? undefined : foreignRequest());
};

/** Errors as JSON, without stack or SQL. */
export const jsonFailures =
  (log: Logger): ErrorRequestHandler =>
  (thrown: unknown, request, response, next) => {
    const error = toAppError(thrown);
    if (error.status >= 500) log.error(`${request.method} ${request.originalUrl.split('?')[0]} failed (request ${request.id})`, thrown);
    if (response.headersSent) return next(thrown);
    response.status(error.status).json(asJson(error, request));
  };
