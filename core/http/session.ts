import connectPgSimple from 'connect-pg-simple';
import session from 'express-session';
import type { RequestHandler } from 'express';
import pg from 'pg';
import type { Logger } from '../log.ts';

const thirtyDays = 30 * 24 * 3600 * 1000;
export interface Sessions {
  readonly handle: RequestHandler;
  close(): Promise<void>;
}

/** Sessions in the database, so that any web process can serve anybody. Only signing in makes one. */
export function createSessions(databaseUrl: string, secret: string, https: boolean, log: Logger): Sessions {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'marquee-sessions' });
  pool.on('error', (error) => log.warn('a session connection was lost', { error: error.message }));
  const Store = connectPgSimple(session);
  const store = new Store({
    pool,
    tableName: 'session',
    disableTouch: true,
    errorLog: (...parts: unknown[]) => log.warn('session store', { parts }),
  });
  const handle = session({
    store,
    secret,
    name: https ? '__Host-session' : 'session',
    resave: false,
    saveUninitialized: false,
    proxy: undefined,
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, maxAge: thirtyDays, path: '/' },
  });
  return {
    handle,
    close: () => {
      store.close();
      return pool.end();
    },
  };
}
