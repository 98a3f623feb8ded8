import { QueryTypes, Sequelize, type Transaction } from 'sequelize';
import { AppError, unavailable } from '../errors.ts';
import type { Sql } from './sql.ts';

const oldest = 150_000;

/** One pool for everybody: pages use it through `Sql`, the console through Sequelize's models. */
export function connect(url: string, size: number): Sequelize {
  return new Sequelize(url, {
    dialect: 'postgres',
    logging: false,
    pool: { max: size, min: 0, idle: 10_000, acquire: 10_000 },
    dialectOptions: { statement_timeout: 60_000, application_name: 'marquee', keepAlive: true },
  });
}

/** Fails with a message for operators when the server cannot be reached or is too old. */
export async function checkServer(sql: Sql): Promise<void> {
  const row = await sql.one<{ n: string }>(`select current_setting('server_version_num') as n`).catch((error: unknown) => {
    throw new AppError('DATABASE', 503, `The database in DATABASE_URL cannot be reached: ${(error as Error).message}`, {}, error);
  });
  if (Number(row?.n) < oldest) throw unavailable('Marquee needs PostgreSQL 15 or newer: set DATABASE_URL to such a server.');
}

/** `Sql` over Sequelize's pool, or inside one of its transactions. */
export function sqlOver(sequelize: Sequelize, transaction?: Transaction): Sql {
  const rows = async <T extends object>(text: string, bind: readonly unknown[] = []): Promise<T[]> =>
    // SELECT makes Sequelize hand over the rows of any statement, RETURNING included, untouched.
    (await sequelize.query(text, { type: QueryTypes.SELECT, bind: bind as unknown[], transaction, raw: true })) as T[];
  return {
    rows,
    one: async <T extends object>(text: string, bind?: readonly unknown[]) => (await rows<T>(text, bind))[0],
    transaction: (work) => (transaction ? work(sqlOver(sequelize, transaction)) : sequelize.transaction((inner) => work(sqlOver(sequelize, inner)))),
  };
}
