import type { Request, Response } from 'express';
import type { EventRef } from '../../../core/plugin.ts';
import type { Pages } from '../../../core/http/page.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { tooMany } from '../../../core/errors.ts';
import { safeNext } from '../../../core/http/form.ts';
import type { Attempts } from '../attempts.ts';

/** What the pages of this plugin work with. */
export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly attempts: Attempts;
  readonly publish: <T>(ref: EventRef<T>, payload: T) => void;
}

/** Where to go after signing in: the form says so, or the page that asked for it. */
export const nextOf = (request: Request): string =>
  safeNext((request.method === 'GET' ? request.query : request.body as Record<string, unknown> | undefined)?.['next'], safeNext(request.session.next));

/** Says when to try again, to people by the message and to programs by the header. */
export function waitMessage(response: Response, seconds: number): string {
  response.set('Retry-After', String(seconds));
  return tooMany(seconds).message;
}
