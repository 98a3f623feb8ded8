import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clockHeader } from '../../core/http/headers.ts';
import { loadTrainingData } from '../../jobs/training/training-data.ts';
import { train } from '../../jobs/training/train.ts';
import { hashPassword } from '../../plugins/accounts/password.ts';
import { insertSimulated } from '../../plugins/accounts/seed.ts';
import popularity from '../../plugins/algorithms/popularity/index.ts';
import { loadFilms, loadViewers } from '../../plugins/experiments/simulate/load.ts';
import { simulate, type Plan } from '../../plugins/experiments/simulate/simulate.ts';
import { filmTastes } from '../../plugins/history/seed/tastes.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { addFilms } from '../harness/app.ts';
import { bootSite, password, plugins, type Site } from './site.ts';

const day = 86_400_000;

describe('simulated viewers on the real pages', () => {
  let site: Site, server: Server, plan: Plan, experiment: number;
  const asked: string[] = [];

  beforeAll(async () => {
    site = await bootSite([...plugins, popularity, watchlist]);
    const films = await addFilms(
      site,
      Array.from({ length: 60 }, (_, i) => ({ title: `Film ${i}`, year: 1950 + i })),
    );
    const profiles = Array.from({ length: 20 }, (_, i) => ({ name: `Viewer ${i}`, handle: `viewer_${i}`, joined: new Date(Date.now() - 100 * day) }));
    await insertSimulated(site.sql, profiles, await hashPassword(password));
    await site.sql.rows(
      `insert into rating (unit, film, stars, rated_at) select u.id, f, 1 + (u.id * f) % 5, now() - interval '50 days'
      from unit u, unnest($1::integer[]) f where (u.id + f) % 6 = 0`,
      [films],
    );
    const [{ algorithm }] = site.recommender.algorithms().filter(({ plugin }) => plugin === 'popularity') as [
      ReturnType<Site['recommender']['algorithms']>[number],
    ];
    await site.models.publish(
      await train(algorithm, await loadTrainingData(site.sql, [...plugins, popularity], site.recommender.signals()), {
        settings: popularity.config!.parse({}),
        seed: 1,
        signal: new AbortController().signal,
        progress() {},
      }),
    );
    await site.models.refresh();
    const arms = [
      { key: 'control', share: 50, blend: site.house },
      { key: 'b', share: 50, blend: site.popular },
    ];
    const draft = await site.service.create(site.draft({ arms, includeSimulated: true }), null);
    experiment = (await site.service.launch(draft.id, { version: 1, operator: null, at: new Date() })).id;
    server = site.http.listen(0, '127.0.0.1');
    const rows = await loadFilms(site.sql);
    plan = {
      viewers: await loadViewers(site.sql),
      count: 18,
      days: 6,
      now: new Date(),
      seed: 5,
      password,
      films: {
        ids: rows.map(({ id }) => id),
        tastes: filmTastes(rows),
        popularity: rows.map(({ ratings }) => ratings),
        mean: rows.map(({ mean }) => mean),
      },
      site: {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        clockHeader,
        turn: async () => {},
        sign: (time) => {
          asked.push(time);
          return site.signer.sign('clock', time);
        },
      },
    };
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await site.stop();
  });

  test('come over the last days, click, rate and save, and all of it is counted', async () => {
    const reports: number[] = [],
      tally = await simulate({ ...plan, progress: (fraction) => void reports.push(fraction) });
    await site.events.settled();
    expect(tally).toMatchObject({ errors: 0, firstError: undefined });
    expect(tally.signIns).toBeGreaterThan(5);
    expect(tally.signIns).toBeLessThanOrEqual(18);
    expect(tally.clicks).toBeGreaterThan(0);
    expect(tally.ratings + tally.saved).toBeGreaterThan(0);
    expect(reports.at(-1)).toBe(1);
    expect(reports).toEqual(reports.toSorted((a, b) => a - b));
    expect(await site.sql.one(`select count(*)::integer as lists, sum(cardinality(films))::integer as films from served_list`)).toEqual({
      lists: tally.lists,
      films: tally.films,
    });
    expect(await site.sql.one('select count(*)::integer as clicks from click')).toEqual({ clicks: tally.clicks });
    expect(
      await site.sql.one(`select count(*)::integer as ratings from rating where rated_at > $1`, [new Date(plan.now.getTime() - 6 * day)]),
    ).toEqual({ ratings: tally.ratings });
    expect(await site.sql.one('select count(*)::integer as saved from watchlist_item')).toEqual({ saved: tally.saved });
  });

  test('use the clock that they were given, never one that is yet to come', () => {
    const times = asked.map((time) => new Date(time).getTime());
    expect(Math.min(...times)).toBeGreaterThanOrEqual(plan.now.getTime() - 6 * day);
    expect(Math.max(...times)).toBeLessThanOrEqual(plan.now.getTime());
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(day);
  });

  test('are known as simulated, and nobody else was counted', async () => {
    expect(await site.sql.rows('select u.id from unit u where not simulated')).toEqual([]);
    expect(await site.sql.rows('select l.id from served_list l join unit u on u.id = l.unit where not u.simulated')).toEqual([]);
  });

  test('fill the running experiment, each viewer in one arm', async () => {
    const rows = await site.sql.rows<{ unit: number; arms: number }>(
      `select unit, count(distinct arm)::integer as arms from list_assignment where experiment = $1 group by unit`,
      [experiment],
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(new Set(rows.map(({ arms }) => arms))).toEqual(new Set([1]));
    expect(await site.sql.rows('select l.id from served_list l left join list_assignment a on a.list = l.id where a.list is null')).toEqual([]);
  });

  test('give up with the reason when they cannot get in', async () => {
    const wrong = simulate({ ...plan, count: 20, days: 60, password: 'not the password' });
    await expect(wrong).rejects.toMatchObject({
      status: 503,
      message: expect.stringMatching(/20 visits failed, the first because POST \/sign-in answered 422/),
    });
    const gone = simulate({ ...plan, count: 20, days: 60, site: { ...plan.site, url: 'http://127.0.0.1:1' } });
    await expect(gone).rejects.toMatchObject({ message: expect.stringMatching(/given up/) });
  });
});
