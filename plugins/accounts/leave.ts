import { randomBytes } from 'node:crypto';
import type { Sql } from '../../core/database/sql.ts';
import { audit } from '../../core/audit.ts';
import { conflict } from '../../core/errors.ts';
import type { Owner, PersonalData } from '../../core/personal-data.ts';

/** What others read where the name of somebody who left stood. */
const nameOfWhoLeft = 'Somebody who left';

/**
 * Deletes an account for good, in one transaction: every plugin's rows of it, sessions, picture and links. The account's
 * row stays for those that name it, without anything personal; its unit belongs to nobody any more. 409 for the last admin.
 */
export const leaveForGood = (
  sql: Sql,
  parts: ReadonlyMap<string, PersonalData>,
  owner: Owner,
  choice: { keepTexts: boolean },
  at: Date,
): Promise<void> =>
  sql.transaction(async (tx) => {
    const { account, unit } = owner;
    const last = await tx.one(
      `select from account where id = $1 and role = 'admin' and not exists (select from account where role = 'admin' and id <> $1)`,
      [account],
    );
    if (last) throw conflict('This is the last admin. Give somebody else that role first.');
    // Those that build on others come last in the list, so they go first.
    for (const part of [...parts.values()].toReversed()) await part.erase(tx, owner, choice);
    for (const table of ['avatar', 'reset_link', 'unsent_letter']) await tx.rows(`delete from ${table} where account = $1`, [account]);
    await tx.rows(`delete from session where sess->>'account' = $1::text`, [String(account)]);
    await tx.rows('update unit set account = null, visitor = $2 where id = $1', [unit, `left-${randomBytes(16).toString('hex')}`]);
    await tx.rows(
      `update account set name = $2, handle = 'left_' || id, email = 'left-' || id || '@viewers.invalid', bio = '', language = null,
      password_hash = 'none', role = 'viewer', left_at = $3 where id = $1`,
      [account, nameOfWhoLeft, at],
    );
    await audit(tx, { operator: account, action: 'account.leave', subject: `account ${account}`, after: choice });
  });
