import { fileURLToPath } from 'node:url';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from '../log.ts';
import { failures, nothingHere } from './failures.ts';
import { formGuard, originGuard, requireOrigin } from './guard.ts';
import { allowedHost, requestFacts, securityHeaders } from './headers.ts';
import { healthRoutes, type Metrics, type Readiness } from './health.ts';
import { identify } from './identity.ts';
import type { Pages } from './pages.ts';
import type { IdentityProvider } from './request.ts';
import type { Sessions } from './session.ts';
import type { Signer } from './signing.ts';
import type { Slots } from './slots.ts';

export interface ServerParts {
  readonly signer: Signer;
  readonly sessions: Sessions;
  readonly identity: () => IdentityProvider | undefined;
  readonly pages: Pages;
  readonly slots: Slots;
  readonly bareSlots: Slots;
  readonly metrics: Metrics;
  readonly ready: Readiness;
  /** the console at /admin; absent in most tests, because importing AdminJS takes seconds */
  readonly console: RequestHandler | undefined;
  readonly views: URL;
  readonly publicUrl: string | undefined;
  readonly trustProxy: number;
  readonly log: Logger;
}

/** AdminJS goes on to the next handler even after it has answered. */
const unanswered: RequestHandler = (_request, response, next) => {
  if (!response.headersSent) next();
};

/** The way of a request, top to bottom. */
export function createServer(parts: ServerParts): Express {
  const { signer, publicUrl, metrics } = parts;
  const https = publicUrl?.startsWith('https:') ?? false;
  const app = express().disable('x-powered-by').set('trust proxy', parts.trustProxy).set('query parser', 'simple');
  app.use(requestFacts(signer), securityHeaders(https), healthRoutes(parts.ready, metrics), metrics.measure, allowedHost(publicUrl));
  app.use('/assets', express.static(fileURLToPath(new URL('assets/', parts.views)), { immutable: true, maxAge: '1y', index: false }));
  app.use(parts.bareSlots.handle);
  app.use(parts.sessions.handle, identify(signer, parts.identity, https), originGuard);
  // The console reads bodies by itself: a parser ahead of it makes its forms hang.
  if (parts.console) app.use('/admin', requireOrigin, parts.console, unanswered);
  app.use(express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 200 }), express.json({ limit: '100kb' }), formGuard);
  app.use(
    parts.slots.handle,
    nothingHere,
    failures(() => parts.pages, parts.log),
  );
  return app;
}
