import { connect, sqlOver } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import accounts from '../../plugins/accounts/index.ts';
import { testDatabase } from '../harness/database.ts';

export interface Tables {
  readonly sql: Sql;
  another(): Sql;
  close(): Promise<void>;
}

/** The tables of accounts alone, without a server; `another` is a second process's way to them. */
export async function accountTables(): Promise<Tables> {
  const { url, drop } = await testDatabase();
  await migrate(url, [accounts]);
  const pools = [connect(url, 5)];
  const another = (): Sql => {
    pools.push(connect(url, 5));
    return sqlOver(pools.at(-1)!);
  };
  return {
    sql: sqlOver(pools[0]!),
    another,
    close: async () => {
      for (const pool of pools) await pool.close();
      await drop();
    },
  };
}
