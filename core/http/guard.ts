import type { Request, RequestHandler } from 'express';
import { foreignRequest } from '../errors.ts';
import { same, type Signer } from './signing.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
const provenOrigin = Symbol('the browser says that this site sent it');
type Marked = Request & { [provenOrigin]?: boolean };

/**
 * Refuses unsafe requests that the browser says come from elsewhere: by Sec-Fetch-Site, else by Origin.
 * A program that sends neither header proves itself by the token of a form (`formGuard`).
 */
export const originGuard: RequestHandler = (request, _response, next) => {
  if (safe.has(request.method)) return next();
  const site = request.headers['sec-fetch-site'],
    origin = request.headers.origin;
  const own = site !== undefined ? site === 'same-origin' : origin !== undefined ? hostOf(origin) === request.headers.host : undefined;
  if (own === false) return next(foreignRequest());
  (request as Marked)[provenOrigin] = own === true;
  next();
};

/** For what is no HTML form (the console, beacons): the browser must have said that this site sent it. */
export const requireOrigin: RequestHandler = (request, _response, next) =>
  next(safe.has(request.method) || (request as Marked)[provenOrigin] ? undefined : foreignRequest());

/** Other content types than a form's cannot be sent across sites without the browser naming the origin. */
export const formGuard: RequestHandler = (request, response, next) => {
  if (safe.has(request.method)) return next();
  if (!request.is('application/x-www-form-urlencoded')) return requireOrigin(request, response, next);
  const token = (request.body as Record<string, unknown> | undefined)?.['csrf'];
  next(typeof token === 'string' && same(token, request.csrf) ? undefined : foreignRequest());
};

/** Bound to the browser's key and the account: a token from before signing in is of no use after it. */
export const csrfToken = (signer: Signer, visitor: string, account: number | undefined): string =>
  signer.signature('csrf', `${visitor} ${account ?? ''}`);

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
