import type { Sql } from '../../core/database/sql.ts';
import { invalid } from '../../core/errors.ts';
import { hashPassword, needsRehash, passwordMatches } from './password.ts';

interface Row {
  readonly id: number;
  readonly password_hash: string;
}

/** The account id behind an e-mail address and its password, or undefined. A hash of outdated cost is replaced on the way. */
export async function accountWith(sql: Sql, email: string, password: string): Promise<number | undefined> {
  const row = await sql.one<Row>('select id, password_hash from account where lower(email) = lower($1) and left_at is null', [email]);
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
    await endOthers(tx, account, session);
  });
}

/** Stores the new address and ends every other session. 422 when another account has it. */
export const changeEmail = (sql: Sql, account: number, email: string, session: string): Promise<void> =>
  sql.transaction(async (tx) => {
    if (await tx.one('select from account where lower(email) = lower($1) and id <> $2', [email, account]))
      throw invalid({ email: 'Another account has this address.' });
    await tx.rows('update account set email = $2 where id = $1', [account, email]);
    await endOthers(tx, account, session);
  });

/** Whoever else is signed in with this account has to sign in again; links for a new password end with them. */
async function endOthers(tx: Sql, account: number, session: string): Promise<void> {
  await tx.rows(`delete from session where sess->>'account' = $1::text and sid <> $2`, [String(account), session]);
  await tx.rows('delete from reset_link where account = $1', [account]);
}
