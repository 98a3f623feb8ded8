import type { Request } from 'express';
import { service } from '../plugin.ts';
import type { Language } from '../../i18n/languages.ts';
import { forbidden, signInFirst } from '../errors.ts';

export type Role = 'viewer' | 'manager' | 'admin';
const rank: Record<Role, number> = { viewer: 0, manager: 1, admin: 2 };

/** Somebody who is signed in. */
export interface Account {
  readonly id: number;
  readonly name: string;
  readonly handle: string;
  readonly role: Role;
  readonly simulated: boolean;
  /** its unit, where it has one already */
  readonly unit?: number | null;
  /** the language of its pages, where it has chosen one */
  readonly language?: Language | null;
  /** false: keys do nothing but what the browser does with them */
  readonly shortcuts?: boolean;
}

/** Provided by the accounts plugin; the core calls it for every page request. */
export interface IdentityProvider {
  account(id: number): Promise<Account | undefined>;
  /** The unit of an account, or of a visitor's key; made on first use. */
  unit(who: { account: number } | { visitor: string }): Promise<number>;
}
export const Identity = service<IdentityProvider>('core.identity');

declare module 'express-serve-static-core' {
  interface Request {
    /** when this request happens: the wall clock, or a simulated viewer's clock */
    clock: Date;
    /** names this request in the log and on error pages */
    id: string;
    /** random key of the browser, from a signed cookie */
    visitor: string;
    account?: Account;
    /** proof that a form is ours; every POST form carries it as `csrf` */
    csrf: string;
    /** The unit of tracking and experiments: the account's, else the visitor's. */
    unit(): Promise<number>;
  }
}
declare module 'express-session' {
  interface SessionData {
    account: number;
    next: string;
  }
}

/** The account, or 401 (which pages turn into the sign-in form). */
export function signedIn(request: Request): Account {
  if (!request.account) throw signInFirst();
  return request.account;
}

export const atLeast = (account: Account | undefined, role: Role): boolean => account !== undefined && rank[account.role] >= rank[role];

/** The account when it has the role, or 401 / 403. */
export function requireRole(request: Request, role: Role): Account {
  const account = signedIn(request);
  if (!atLeast(account, role)) throw forbidden(`This needs the role "${role}".`);
  return account;
}
