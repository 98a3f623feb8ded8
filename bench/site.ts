import { firstBlend } from '../config/first-blend.ts';
import { loadEnv, type Env } from '../config/env.ts';
import { plugins } from '../config/plugins.ts';
import { loadSecrets, type Secrets } from '../config/secrets.ts';
import { seedSite } from '../config/seed.ts';
import { openSite, type Site } from '../config/site.ts';
import { connect, sqlOver } from '../core/database/connect.ts';
import { silent } from '../core/log.ts';
import { train } from '../jobs/training/train.ts';
import { loadTrainingData } from '../jobs/training/training-data.ts';
import { dataSet, importTimed } from './data.ts';
import { startServer } from './database.ts';

const views = new URL('../views/', import.meta.url);

/** A site with films, viewers, ratings and a model of every algorithm, all in a temporary folder. */
export interface BenchSite {
  /** the environment of its processes */
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Secrets;
  /** how many there are; their ids are 1, 2, 3 … */
  readonly films: number;
  /** what it holds, in words */
  readonly holds: string;
  /** Opens it as a web process does, without the console. */
  open(): Promise<Site>;
  close(): Promise<void>;
}

/** The built-in films and viewers, and MovieLens latest-small where it is there. */
export async function makeSite(): Promise<BenchSite> {
  const server = await startServer(),
    databaseUrl = await server.database('bench'),
    secrets = loadSecrets(server.dataDir);
  const environment = { DATABASE_URL: databaseUrl, DATA_DIR: server.dataDir, ROLE: 'web', SESSION_SECRET: secrets.session },
    env = loadEnv(environment);
  const sequelize = connect(databaseUrl, 2);
  await seedSite(sqlOver(sequelize), secrets, new Date(), () => {});
  await sequelize.close();
  const more = dataSet('ml-latest-small');
  if (more) await importTimed(databaseUrl, more);
  const site = await openOn(env);
  await trainAll(site);
  const { films, ratings } = (await site.app.sql.one<{ films: number; ratings: number }>(
    'select (select count(*)::integer from film) as films, (select count(*)::integer from rating) as ratings',
  ))!;
  await site.close();
  return {
    environment,
    secrets,
    films,
    open: () => openOn(env),
    close: server.stop,
    holds: `${films.toLocaleString('en')} films and ${ratings.toLocaleString('en')} ratings (${more ? 'built-in and MovieLens latest-small' : 'built-in'})`,
  };
}

/** One web process on the database of DATABASE_URL. */
export const openOn = (env: Env): Promise<Site> => {
  const url = env.DATABASE_URL!,
    sequelize = connect(url, env.POOL_SIZE);
  return openSite(env, { url, sequelize, sql: sqlOver(sequelize), stop: async () => {} }, silent, { console: false, views });
};

async function trainAll({ app: { sql, models, blends, recommender } }: Site): Promise<void> {
  const loaded = await loadTrainingData(sql, plugins, recommender.signals());
  for (const { algorithms = [], config } of plugins) {
    for (const algorithm of algorithms) {
      const settings = (config?.parse({}) ?? {}) as object;
      await models.publish(await train(algorithm, loaded, { settings, seed: 1, signal: new AbortController().signal, progress() {} }));
    }
  }
  await blends.create(firstBlend.name, firstBlend.spec, null);
}
