import { connect, sqlOver } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import { testDatabase } from '../harness/database.ts';

export interface Tables {
  readonly sql: Sql;
  close(): Promise<void>;
}

/** The tables of the catalogue alone, without a server. */
export async function catalogueTables(): Promise<Tables> {
  const { url, drop } = await testDatabase();
  await migrate(url, [catalogue]);
  const pool = connect(url, 3);
  return {
    sql: sqlOver(pool),
    close: async () => {
      await pool.close();
      await drop();
    },
  };
}
