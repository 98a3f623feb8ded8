import { sqlOver, connect } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';
import accounts from '../../plugins/accounts/index.ts';
import api from '../../plugins/api/index.ts';
import { Tokens } from '../../plugins/api/api.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import history from '../../plugins/history/index.ts';
import tracking from '../../plugins/tracking/index.ts';
import { bootApp, type Booted, type Browser } from '../harness/app.ts';
import { testDatabase } from '../harness/database.ts';

export interface Site extends Booted {
  /** film ids, ascending; the last one is hidden */
  readonly films: readonly number[];
  readonly hidden: number;
  /** units of visitors without account */
  units(count: number): Promise<number[]>;
  /** a browser that has been here before, so that it has its cookie */
  visitor(): Promise<Browser>;
  /** a token of the API */
  token(scope: 'read' | 'write'): Promise<string>;
}

/** The four plugins of every site, with a few films. */
export async function bootSite(films = 12): Promise<Site> {
  const plugins = [accounts, catalogue, history, tracking, api],
    database = await testDatabase();
  await migrate(database.url, plugins);
  const sequelize = connect(database.url, 1);
  const ids = await sqlOver(sequelize).rows<{ id: number }>(
    `insert into film (title, year, hidden)
    select 'Film ' || n, 1980 + n % 40, n = $1 from generate_series(1, $1::integer) n order by n returning id`,
    [films],
  );
  await sequelize.close();
  const app = await bootApp({ plugins, databaseUrl: database.url });
  return {
    ...app,
    films: ids.map(({ id }) => id),
    hidden: ids.at(-1)!.id,
    units: async (count) =>
      (
        await app.sql.rows<{ id: number }>('insert into unit (visitor) select gen_random_uuid() from generate_series(1, $1::integer) returning id', [
          count,
        ])
      ).map(({ id }) => id),
    visitor: async () => {
      const browser = app.browser();
      await browser.get('/about');
      return browser;
    },
    token: (scope) => app.host.find(Tokens)!.create('test', scope, 1),
    stop: async () => {
      await app.stop();
      await database.drop();
    },
  };
}
