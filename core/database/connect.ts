import { Sequelize, type Transaction } from 'sequelize';
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

/** A connection of the pool, as Sequelize hands it to its own queries. */
interface Connection {
  query(statement: { readonly name: string | undefined; readonly text: string; readonly values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}
interface Pool {
  getConnection(options: { type: 'write' }): Promise<Connection>;
  releaseConnection(connection: Connection): void;
}

/**
 * `Sql` over Sequelize's pool, or inside one of its transactions. It goes around Sequelize's own `query`, and each
 * connection prepares a statement once: a query costs a third of the time.
 */
export function sqlOver(sequelize: Sequelize, transaction?: Transaction): Sql {
  const pool = sequelize.connectionManager as unknown as Pool,
    { connection: own } = (transaction ?? {}) as { connection?: Connection };
  const rows = async <T extends object>(text: string, bind: readonly unknown[] = []): Promise<T[]> => {
    // Its connection may be somebody else's by now.
    if ((transaction as { finished?: string } | undefined)?.finished) throw new Error(`A statement came after the end of its transaction: ${text}`);
    const connection = own ?? (await pool.getConnection({ type: 'write' }));
    try {
      return (await connection.query({ name: bind.length > 0 ? nameOf(text) : undefined, text, values: bind })).rows as T[];
    } finally {
      if (!own) pool.releaseConnection(connection);
    }
  };
  return {
    rows,
    one: async <T extends object>(text: string, bind?: readonly unknown[]) => (await rows<T>(text, bind))[0],
    transaction: (work) => (transaction ? work(sqlOver(sequelize, transaction)) : sequelize.transaction((inner) => work(sqlOver(sequelize, inner)))),
  };
}

/** Statements are written in the code, so there are not many; if there ever were, the later ones would not be prepared. */
const most = 1000;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= most) return known;
  names.set(text, `marquee ${names.size}`);
  return names.get(text);
}
