import type { Sql } from '../../core/database/sql.ts';
import { hashPassword, needsRehash, passwordMatches } from './password.ts';

interface Row {
  readonly id: number;
  readonly password_hash: string;
}

/** The account id behind an e-mail address and its password, or undefined. A hash of outdated cost is replaced on the way. */
export async function accountWith(sql: Sql, email: string, password: string): Promise<number | undefined> {
  const row = await sql.one<Row>('select id, password_hash from account where lower(email) = lower($1)', [email]);
  if (!(await passwordMatches(row?.password_hash, password)) || !row) return undefined;
  if (needsRehash(row.password_hash)) {
    await sql.rows('update account set password_hash = $3 where id = $1 and password_hash = $2', [
      row.id,
      row.password_hash,
      await hashPassword(password),
    ]);
  }
  return row.id;
}

/** Stores the new password and ends every session of the account but the one it was changed in. */
export async function changePassword(sql: Sql, account: number, password: string, session: string): Promise<void> {
  const hashed = await hashPassword(password);
  await sql.transaction(async (tx) => {
    await tx.rows('update account set password_hash = $2 where id = $1', [account, hashed]);
    await tx.rows(`delete from session where sess->>'account' = $1::text and sid <> $2`, [String(account), session]);
  });
}
