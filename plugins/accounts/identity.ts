import type { Sql } from '../../core/database/sql.ts';
import type { Account, IdentityProvider } from '../../core/http/request.ts';
import { unitOf } from './units.ts';

/** Tells the core who is behind a session or a visitor's key. The role is read anew for each request, so a change counts at once. */
export const identityOver = (sql: Sql): IdentityProvider => ({
  account: (id) =>
    sql.one<Account>(
      `select a.id, a.name, a.handle, a.role, a.simulated, a.language, a.shortcuts, u.id as unit from account a left join unit u on u.account = a.id where a.id = $1 and a.left_at is null`,
      [id],
    ),
  unit: (who) => unitOf(sql, who),
});
