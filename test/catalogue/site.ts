import { encode } from '../../recommend/models/format.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import { loadTrainingData } from '../../jobs/training/training-data.ts';
import { seeded } from '../../math/random.ts';
import accounts from '../../plugins/accounts/index.ts';
import biasedMf from '../../plugins/algorithms/biased-mf/index.ts';
import content from '../../plugins/algorithms/content/index.ts';
import popularity from '../../plugins/algorithms/popularity/index.ts';
import api from '../../plugins/api/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import { seedFilms } from '../../plugins/catalogue/seed.ts';
import history from '../../plugins/history/index.ts';
import tracking from '../../plugins/tracking/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';

const plugins = [accounts, catalogue, history, tracking, popularity, content, biasedMf, api].flat();

/** A site with the built-in films, ratings of sixty invented viewers, and models of popularity, trend and content. */
export async function bootSite(): Promise<Booted> {
  const app = await bootApp({ plugins });
  await seedFilms(app.sql);
  await app.sql.rows('insert into unit (visitor) select gen_random_uuid() from generate_series(1, 60)');
  await app.sql.rows(`insert into rating (unit, film, stars, rated_at)
    select u.id, f.id, (2 + (u.id * 7 + f.id * 3) % 7) / 2.0, now() - make_interval(days => (u.id + f.id) % 60)
    from unit u join film f on (u.id * 31 + f.id * 17) % (5 + f.id % 20) = 0`);
  await news(app);
  for (const plugin of plugins) await train(app, plugin);
  await app.models.refresh();
  return app;
}

/** Resolves when the app has heard that films changed. */
export async function news({ sql, bus }: Booted): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const undo = bus.on('catalogue', () => {
      undo();
      resolve();
    });
  });
  await bus.notify(sql, 'catalogue');
  await heard;
}

async function train({ sql, models, recommender }: Booted, plugin: AnyPlugin): Promise<void> {
  const { data } = await loadTrainingData(sql, plugins, recommender.signals());
  for (const algorithm of plugin.algorithms ?? []) {
    const model = await algorithm.train(data, {
      settings: plugin.config?.parse({}),
      random: seeded(1),
      threads: 1,
      signal: new AbortController().signal,
      progress() {},
    });
    await models.publish({
      algorithm: algorithm.id,
      bytes: encode(model),
      settings: {},
      films: data.films.length,
      ratings: data.ratings.value.length,
      metrics: { hitRate10: 0, ndcg10: 0, coverage10: 0, viewers: 0 },
      fingerprint: 'test',
      seconds: 0,
    });
  }
}
