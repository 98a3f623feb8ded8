import type { Sql } from '../../core/database/sql.ts';
import type { IdentityProvider } from '../../core/http/request.ts';

interface Id {
  readonly id: number;
}
/** The unit that holds everything now, and the one that was merged into it. */
export interface Adoption {
  readonly unit: number;
  readonly merged?: number;
}

/** The unit of an account or of a visitor's key, made on first use. */
export async function unitOf(sql: Sql, who: Parameters<IdentityProvider['unit']>[0]): Promise<number> {
  return 'account' in who
    ? found(
        sql,
        'select id from unit where account = $1',
        who.account,
        `insert into unit (account, simulated, staff)
        select id, simulated, role <> 'viewer' from account where id = $1 on conflict do nothing returning id`,
      )
    : found(sql, 'select id from unit where visitor = $1', who.visitor, 'insert into unit (visitor) values ($1) on conflict do nothing returning id');
}

/** Looks, then inserts, then looks again, because somebody else may have inserted meanwhile. */
async function found(sql: Sql, select: string, key: number | string, insert: string): Promise<number> {
  const row = (await sql.one<Id>(select, [key])) ?? (await sql.one<Id>(insert, [key])) ?? (await sql.one<Id>(select, [key]));
  if (!row) throw new Error('a unit was asked for an account that does not exist');
  return row.id;
}

/**
 * The visitor turns out to be this account. Without a unit of its own, the account takes over the visitor's, with its
 * history and its experiment arms; otherwise the visitor's unit is merged into it, and the visitor's key is free again.
 */
export async function adopt(tx: Sql, account: number, visitor: string): Promise<Adoption> {
  const from = await tx.one<Id>('select id from unit where visitor = $1 for update', [visitor]);
  if (!from) return { unit: await unitOf(tx, { account }) };
  const own = await tx.one<Id>('select id from unit where account = $1', [account]);
  if (!own) {
    await tx.rows(
      `update unit set visitor = null, account = account.id, simulated = account.simulated, staff = account.role <> 'viewer'
      from account where unit.id = $1 and account.id = $2`,
      [from.id, account],
    );
    return { unit: from.id };
  }
  await tx.rows('update unit set visitor = null, merged_into = $2, merged_at = now() where id = $1', [from.id, own.id]);
  return { unit: own.id, merged: from.id };
}
