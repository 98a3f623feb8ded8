import { createHash, randomBytes } from 'node:crypto';
import { audit } from '../../core/audit.ts';
import type { Sql } from '../../core/database/sql.ts';
import { invalid, notFound } from '../../core/errors.ts';
import { cleanText } from '../../core/http/form.ts';
import type { Scope, TokenRow, Tokens } from './api.ts';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Only a hash is stored: the token itself is shown once. */
export class StoredTokens implements Tokens {
  readonly #sql: Sql;
  constructor(sql: Sql) {
    this.#sql = sql;
  }

  list(): Promise<TokenRow[]> {
    return this.#sql.rows<TokenRow>('select id, name, hint, scope, created_at, used_at, revoked_at from api_token order by id desc');
  }

  async create(name: string, scope: Scope, operator: number): Promise<string> {
    const clean = cleanText(name);
    if (clean.length < 1 || clean.length > 80)
      throw invalid({ name: 'Give the token a name of 1 to 80 characters, so that you know later who uses it.' });
    const token = `mq_${randomBytes(24).toString('base64url')}`;
    await this.#sql.transaction(async (tx) => {
      const row = (await tx.one<{ id: number }>(
        'insert into api_token (name, hash, hint, scope, created_by) values ($1, $2, $3, $4, $5) returning id',
        [clean, hashOf(token), token.slice(-4), scope, operator],
      ))!;
      await audit(tx, { operator, action: 'token.create', subject: `API token ${row.id}`, after: { name: clean, scope } });
    });
    return token;
  }

  async revoke(id: number, operator: number): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const row = await tx.one('update api_token set revoked_at = now() where id = $1 and revoked_at is null returning id', [id]);
      if (!row) throw notFound('API token');
      await audit(tx, { operator, action: 'token.revoke', subject: `API token ${id}` });
    });
  }

  /** Its last use is noted to the minute. */
  async check(token: string): Promise<Scope | undefined> {
    const row = await this.#sql.one<{ id: number; scope: Scope; stale: boolean }>(
      `select id, scope, used_at is null or used_at < now() - interval '1 minute' as stale
      from api_token where hash = $1 and revoked_at is null`,
      [hashOf(token)],
    );
    if (row?.stale) await this.#sql.rows('update api_token set used_at = now() where id = $1', [row.id]);
    return row?.scope;
  }
}
