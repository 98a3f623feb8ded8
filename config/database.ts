import type { Sequelize } from 'sequelize';
import { checkServer, connect, sqlOver } from '../core/database/connect.ts';
import { startEmbedded } from '../core/database/embedded/index.ts';
import { migrate } from '../core/database/migrate.ts';
import type { Sql } from '../core/database/sql.ts';
import type { Logger } from '../core/log.ts';
import type { Env } from './env.ts';
import { plugins } from './plugins.ts';
import type { Steps } from './steps.ts';

export interface Database {
  readonly url: string;
  readonly sequelize: Sequelize;
  readonly sql: Sql;
  /** Ends the embedded server, where this is the last process that uses it. The pool is closed by whoever owns it. */
  stop(): Promise<void>;
}

/** The database of the site, up to date: the one in DATABASE_URL, else the embedded one. */
export async function openDatabase(env: Env, steps: Steps, log: Logger): Promise<Database> {
  const { url, stop } = env.DATABASE_URL
    ? { url: env.DATABASE_URL, stop: async () => {} }
    : await steps.run('Start the embedded PostgreSQL', () => startEmbedded({ dataDir: env.DATA_DIR, log }));
  try {
    const sequelize = connect(url, env.POOL_SIZE),
      sql = sqlOver(sequelize);
    await checkServer(sql);
    await steps.run(
      'Bring the tables up to date',
      () => migrate(url, plugins),
      (ran) => (ran.length > 0 ? `${ran.length} migrations` : 'nothing to do'),
    );
    return { url, sequelize, sql, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
