import request, { type Test } from 'supertest';
import { plugins } from '../../config/plugins.ts';
import type { ApiRoute } from '../../core/http/api-route.ts';
import { ApiRoutes } from '../../core/services.ts';
import { Accounts } from '../../plugins/accounts/api.ts';
import { Tokens } from '../../plugins/api/api.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';
import { loadTrainingData } from '../../jobs/training/training-data.ts';
import { train } from '../../jobs/training/train.ts';

export interface ApiSite extends Booted {
  /** film ids, ascending; the last film is hidden */
  readonly films: readonly number[];
  readonly tokens: Tokens;
  readonly api: { readonly routes: readonly ApiRoute[] };
  readonly read: string;
  readonly write: string;
  /** somebody with ten ratings */
  readonly viewer: { readonly account: number; readonly unit: number; readonly handle: string };
  /** A request below /api/v1; without a token where `token` is ''. */
  call(method: string, path: string, token?: string): Test;
  /** Brings what runs to what is wanted after a toggle, without waiting for the notification. */
  toggle(plugin: string, enabled: boolean): Promise<void>;
}

/** All plugins of the site over a few films and viewers, with two trained algorithms. */
export async function bootApi(): Promise<ApiSite> {
  const app = await bootApp({ plugins }),
    { sql } = app;
  const films = await addFilms(
    app,
    Array.from({ length: 40 }, (_, n) => ({ title: `Film number ${n + 1}`, year: 1981 + n, runtime: 90 + n, hidden: n === 39 })),
  );
  const { account, unit } = await app.host
    .find(Accounts)!
    .create({ name: 'Ida', handle: 'ida', email: 'ida@example.org', password: 'a long and odd pass phrase' });
  await sql.rows('insert into unit (visitor, simulated) select gen_random_uuid(), true from generate_series(1, 30)');
  // Each unit likes the films with its own remainder of four, so that there is a taste to find.
  await sql.rows(
    `insert into rating (unit, film, stars, rated_at)
    select u.id, f, case when f % 4 = u.id % 4 then 5 else 2 end, now() - f * interval '1 hour'
    from unit u, unnest($1::integer[]) f where (f + u.id) % 3 > 0 and (u.id <> $2 or f <= $3)`,
    [films, unit, films[14]],
  );
  const loaded = await loadTrainingData(sql, plugins, app.recommender.signals());
  for (const { algorithm } of app.recommender.algorithms().filter(({ plugin }) => plugin === 'popularity' || plugin === 'user-knn')) {
    await app.models.publish(
      await train(algorithm, loaded, { settings: settingsOf(algorithm.id), seed: 1, signal: new AbortController().signal, progress() {} }),
    );
  }
  await app.models.refresh();
  await app.blends.create('Everyday', { weights: { popularity: 1, 'user-knn': 2 }, normalisation: 'standard', diversity: 0 }, null);
  const tokens = app.host.find(Tokens)!;
  const read = await tokens.create('reader', 'read', account),
    write = await tokens.create('writer', 'write', account);
  return {
    ...app,
    films,
    tokens,
    api: {
      get routes() {
        return [...app.host.find(ApiRoutes)!.values()].flat();
      },
    },
    read,
    write,
    viewer: { account, unit, handle: 'ida' },
    call(method, path, token = write) {
      const test = request(app.http)[method as 'get'](`/api/v1${path}`);
      return token ? test.set('authorization', `Bearer ${token}`) : test;
    },
    async toggle(plugin, enabled) {
      const { version } = await app.settings.state(plugin);
      await app.settings.change(plugin, { enabled, version }, null);
      await app.host.reconcile(await app.settings.wanted());
    },
  };
}

const settingsOf = (algorithm: string): object => {
  const plugin = plugins.find((one) => one.algorithms?.some(({ id }) => id === algorithm));
  return (plugin?.config?.parse({}) ?? {}) as object;
};
