import type { Request, Response } from 'express';
import type { EventRef, ServiceRef } from '../../../core/plugin.ts';
import type { Pages } from '../../../core/http/page.ts';
import type { Sql } from '../../../core/database/sql.ts';
import type { Mailer } from '../../../core/mail.ts';
import type { PersonalData } from '../../../core/personal-data.ts';
import { tooMany } from '../../../core/errors.ts';
import { safeNext } from '../../../core/http/form.ts';
import type { Attempts } from '../attempts.ts';
import type { Post } from '../letters/post.ts';

/** What the pages of this plugin work with. */
export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly attempts: Attempts;
  readonly mailer: Mailer;
  /** sends, or leaves to the operators */
  readonly post: (letter: Post, at: Date) => Promise<void>;
  /** goes on after the answer; a failure is logged */
  readonly background: (work: Promise<void>) => void;
  readonly personal: ReadonlyMap<string, PersonalData>;
  readonly find: <T>(ref: ServiceRef<T>) => T | undefined;
  readonly publish: <T>(ref: EventRef<T>, payload: T) => void;
}

/** Where to go after signing in, as the form or the page that asked for it says. */
export function nextOf(request: Request): string {
  const input = request.method === 'GET' ? request.query : (request.body as Record<string, unknown> | undefined);
  return safeNext(input?.['next']);
}

/** The same for templates: as a form's field, and inside a link. */
export function wayOn(request: Request): { next: string; nextQuery: string } {
  const next = nextOf(request);
  return { next, nextQuery: encodeURIComponent(next) };
}

/** Says when to try again, to people by the message and to programs by the header. */
export function waitMessage(response: Response, seconds: number): string {
  response.set('Retry-After', String(seconds));
  return tooMany(seconds).message;
}
