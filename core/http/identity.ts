import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { unavailable } from '../errors.ts';
import { csrfToken } from './guard.ts';
import type { IdentityProvider } from './request.ts';
import type { Signer } from './signing.ts';

const cookieName = 'visitor';
const oneYear = 365 * 24 * 3600 * 1000;

/** Who is asking: the browser's key from its signed cookie, and the account of the session. */
export function identify(signer: Signer, provider: () => IdentityProvider | undefined, https: boolean): RequestHandler {
  return async (request, response, next) => {
    request.visitor = visitorOf(request, response, signer, https);
    const account = request.session?.account;
    request.account = account === undefined ? undefined : await provider()?.account(account);
    request.csrf = csrfToken(signer, request.visitor, request.account?.id);
    let unit: Promise<number> | undefined;
    request.unit = () => (unit ??= unitOf(request, provider()));
    next();
  };
}

function visitorOf(request: Request, response: Response, signer: Signer, https: boolean): string {
  const known = signer.open('visitor', cookie(request, cookieName));
  if (known) return known;
  const fresh = randomUUID();
  // A poster or script asked for by the first page must not replace the key that the page itself got.
  if (request.accepts('html') && request.headers['sec-fetch-dest'] !== 'image') {
    response.cookie(cookieName, signer.sign('visitor', fresh), { httpOnly: true, sameSite: 'lax', secure: https, maxAge: oneYear, path: '/' });
  }
  return fresh;
}

async function unitOf(request: Request, provider: IdentityProvider | undefined): Promise<number> {
  if (!provider) throw unavailable('Accounts are not ready yet. Try again in a moment.');
  return request.account?.unit ?? provider.unit(request.account ? { account: request.account.id } : { visitor: request.visitor });
}

function cookie(request: Request, name: string): string | undefined {
  const found = request.headers.cookie
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  try {
    return found && decodeURIComponent(found);
  } catch {
    return undefined;
  }
}
