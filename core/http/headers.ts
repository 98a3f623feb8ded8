import { randomBytes, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { badRequest } from '../errors.ts';
import type { Signer } from './signing.ts';

/** Every page loads from this site alone; scripts inside a page need the request's nonce. */
export function securityHeaders(https: boolean): RequestHandler[] {
  const nonce: RequestHandler = (_request, response, next) => {
    response.locals['nonce'] = randomBytes(16).toString('base64');
    next();
  };
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        scriptSrc: ["'self'", (_request, response) => `'nonce-${(response as unknown as { locals: { nonce: string } }).locals.nonce}'`],
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'same-origin' },
  });
  return [nonce, headers];
}

/** With a public address, only its host is answered; without one, only this machine's names and plain addresses (no DNS rebinding). */
export function allowedHost(publicUrl: string | undefined): RequestHandler {
  const only = publicUrl ? new URL(publicUrl).host : undefined;
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
    const fine = only ? host === only : name === 'localhost' || isIP(name) !== 0;
    next(fine ? undefined : badRequest('This site does not answer to that host name. Set PUBLIC_URL to the address that viewers use.'));
  };
}

declare module 'express-serve-static-core' {
  interface Request {
    /** true when a simulated viewer of this site's own simulator is asking */
    simulated: boolean;
  }
}
export const clockHeader = 'x-marquee-clock';

/** Names the request and sets its clock. The simulator may set another time, signed with the site's key. */
export function requestFacts(signer: Signer): RequestHandler {
  return (request, response, next) => {
    request.id = randomUUID();
    response.setHeader('x-request-id', request.id);
    const simulated = signer.open('clock', request.headers[clockHeader]);
    request.simulated = simulated !== undefined;
    request.clock = simulated ? new Date(simulated) : new Date();
    if (Number.isNaN(request.clock.getTime())) throw badRequest('The simulated clock is not a time.');
    if (decodeURIComponent(request.url).includes('\0')) throw badRequest('The address holds a character that no address has.');
    next();
  };
}
