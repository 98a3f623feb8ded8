import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { AppError, badRequest, notFound, tooLarge, unavailable } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Pages } from './page.ts';
import { safeNext } from './form.ts';

interface Thrown {
  readonly name?: string;
  readonly status?: number;
  readonly type?: string;
  readonly code?: string;
  readonly original?: { readonly code?: string };
}
const connectionLost = /^(SequelizeConnection|SequelizeHostNotFound|SequelizeAccessDenied)/;

/** What a person may be told of anything that was thrown. Faults of ours become 500 without details. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name = '', status, type, code, original } = (error ?? {}) as Thrown;
  const sqlState = original?.code ?? code ?? '';
  if (error instanceof URIError || type === 'entity.parse.failed') return badRequest('The request is malformed: check its address and body.');
  if (type === 'entity.too.large' || type === 'parameters.too.many') return tooLarge('That is more than this site accepts at once.');
  if (status !== undefined && status >= 400 && status < 500) return badRequest('The request is malformed.');
  if (sqlState === '22021' || sqlState === '22P05') return badRequest('The text holds a character that cannot be stored.');
  if (connectionLost.test(name) || ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '53300'].includes(sqlState))
    return unavailable('The database does not answer. Try again in a moment.');
  return new AppError('FAULT', 500, 'Something went wrong on our side. Try again; if it stays, tell us the number of the request.', {}, error);
}

export const nothingHere: RequestHandler = (_request, _response, next) => next(notFound());

/** Errors to pages, or to JSON for programs. A page that needs an account leads to the sign-in form and back. */
export function failures(pages: () => Pages | undefined, log: Logger): ErrorRequestHandler {
  return async (thrown: unknown, request, response, next) => {
    const error = toAppError(thrown);
    if (error.status >= 500) log.error(`${request.method} ${request.path} failed (request ${request.id})`, thrown);
    if (response.headersSent) return next(thrown);
    if (error.status === 503) response.setHeader('retry-after', '5');
    if (wantsJson(request)) return void response.status(error.status).json(asJson(error, request));
    if (error.code === 'SIGN_IN') return response.redirect(303, `/sign-in?next=${encodeURIComponent(wayBack(request))}`);
    const send = pages();
    if (!send || request.csrf === undefined) return void response.status(error.status).type('text').send(`${error.message}\nRequest ${request.id}\n`);
    await send.send(request, response, 'error', { status: error.status, message: error.message, code: error.code }, { status: error.status });
  };
}

export const asJson = (error: AppError, request: Request) => ({
  error: { code: error.code, message: error.message, fields: error.fields, request: request.id },
});

const wantsJson = (request: Request): boolean =>
  request.originalUrl.startsWith('/api/') || request.originalUrl.startsWith('/admin/data/') || request.accepts(['html', 'json']) === 'json';

function wayBack(request: Request): string {
  if (request.method === 'GET') return safeNext(request.originalUrl);
  const { referer = '', host } = request.headers;
  return URL.canParse(referer) && new URL(referer).host === host ? safeNext(new URL(referer).pathname) : '/';
}
