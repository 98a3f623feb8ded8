import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from '../../core/database/sql.ts';
import { hashPassword } from './password.ts';

export interface ResetOwner {
  readonly id: number;
  readonly name: string;
  readonly handle: string;
  readonly email: string;
}
/** Minutes that a link for a new password is good for. */
export const linkMinutes = 60;
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A secret that lets the owner of this address choose a new password once; undefined where nobody has the address. */
export async function newResetLink(sql: Sql, email: string, at: Date): Promise<{ owner: ResetOwner; secret: string } | undefined> {
  const owner = await sql.one<ResetOwner>('select id, name, handle, email from account where lower(email) = lower($1) and left_at is null', [email]);
  if (!owner) return undefined;
  const secret = randomBytes(32).toString('base64url');
  await sql.rows('insert into reset_link (hash, account, expires_at) values ($1, $2, $3)', [
    hashOf(secret),
    owner.id,
    new Date(at.getTime() + linkMinutes * 60_000),
  ]);
  return { owner, secret };
}

/** Whose link it is, while it is good. */
export const ownerOfLink = (sql: Sql, secret: string, at: Date): Promise<ResetOwner | undefined> =>
  sql.one<ResetOwner>(
    `select a.id, a.name, a.handle, a.email from reset_link l join account a on a.id = l.account
    where l.hash = $1 and l.expires_at > $2 and a.left_at is null`,
    [hashOf(secret), at],
  );

/** Stores the new password, ends every session of the account and every link. False when the link was used or is too old. */
export async function useResetLink(sql: Sql, secret: string, password: string, at: Date): Promise<boolean> {
  const hashed = await hashPassword(password);
  return sql.transaction(async (tx) => {
    const used = await tx.one<{ account: number }>('delete from reset_link where hash = $1 and expires_at > $2 returning account', [
      hashOf(secret),
      at,
    ]);
    if (!used) return false;
    await tx.rows('update account set password_hash = $2 where id = $1', [used.account, hashed]);
    await tx.rows('delete from reset_link where account = $1', [used.account]);
    await tx.rows(`delete from session where sess->>'account' = $1::text`, [String(used.account)]);
    return true;
  });
}
