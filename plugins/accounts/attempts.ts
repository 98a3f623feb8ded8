import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Request } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import type { Limits } from './settings.ts';

/**
 * Bounds guessing, over all processes: failed sign-ins per account and per address, new accounts per address.
 * An attempt counts before its password is looked at, so that many at once do not slip through together.
 */
export class Attempts {
  readonly #account: RateLimiterPostgres;
  readonly #address: RateLimiterPostgres;
  readonly #signUp: RateLimiterPostgres;
  readonly #reset: RateLimiterPostgres;
  readonly #export: RateLimiterPostgres;

  constructor(sql: Sql, limits: Limits) {
    const limiter = (keyPrefix: string, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: clientOver(sql),
        storeType: 'client',
        tableName: 'sign_in_attempt',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix,
        points,
        duration: limits.windowMinutes * 60,
      });
    this.#account = limiter('account', limits.failuresPerAccount);
    this.#address = limiter('address', limits.failuresPerAddress);
    this.#signUp = limiter('sign-up', limits.signUpsPerAddress);
    this.#reset = limiter('reset', limits.resets);
    this.#export = limiter('export', limits.exports);
  }

  /** Counts an attempt at this e-mail address. Returns how many seconds to wait; 0 = go on. */
  async signIn(request: Request, email: string): Promise<number> {
    if (isExempt(request)) return 0;
    return Math.max(...(await Promise.all([take(this.#address, addressOf(request)), take(this.#account, keyOf(email))])));
  }

  /** The password was right: it was no guess. */
  async forgive(request: Request, email: string): Promise<void> {
    if (isExempt(request)) return;
    await Promise.all([this.#address.reward(addressOf(request)), this.#account.delete(keyOf(email))]);
  }

  /** Counts a new account from this address. Returns how many seconds to wait; 0 = go on. */
  async signUp(request: Request): Promise<number> {
    return isExempt(request) ? 0 : take(this.#signUp, addressOf(request));
  }

  /** Counts a link for a new password, from this address and to this e-mail address. */
  async reset(request: Request, email: string): Promise<number> {
    return Math.max(...(await Promise.all([take(this.#reset, addressOf(request)), take(this.#reset, keyOf(email))])));
  }

  /** Counts an export of an account. */
  export(account: number): Promise<number> {
    return take(this.#export, String(account));
  }
}

/** The simulator signs hundreds of viewers in from one address; the core has checked its signature. */
const isExempt = (request: Request): boolean => request.simulated;

async function take(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

/** The limiter speaks to something like a pg client; this one goes through the pool that is there. */
const clientOver = (sql: Sql) => ({
  async query({ text, values }: { text: string; values: unknown[] }) {
    const rows = await sql.rows(text, values);
    return { rows, rowCount: rows.length };
  },
});

const keyOf = (email: string): string => createHash('sha256').update(email.toLowerCase()).digest('base64url');
const addressOf = ({ ip = '' }: Request): string => network(ip);

/** An IPv6 customer owns a whole /64, so that counts as one address. */
export function network(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped || !isIPv6(ip)) return mapped ?? ip;
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  if (tail !== undefined) groups.push(...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest);
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
