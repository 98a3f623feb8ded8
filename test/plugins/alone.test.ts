import request from 'supertest';
import { on } from '../../core/plugin.ts';
import recommendations from '../../plugins/recommendations/index.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { WatchlistAdded } from '../../plugins/watchlist/api.ts';
import { bootPlugin, noon } from '../harness/plugin.ts';

const token = ['authorization', 'Bearer any'] as const;

describe('recommendations, alone over fakes', () => {
  test('answers with the films of the recommender, and has the list recorded', async () => {
    const { http, tracking, history } = await bootPlugin(recommendations, { films: 5, hidden: [2] });
    await history.rate((await history.unit('visitor:customer-1'))!, 1, 5, noon);
    const { status, body } = await request(http)
      .get('/api/v1/users/visitor:customer-1/recommendations?size=2&surface=app')
      .set(...token);
    expect([status, body]).toEqual([
      200,
      {
        list: tracking.lists[0]!.id,
        blend: { name: 'Fake', version: 3 },
        films: [3, 4].map((id, position) => ({
          position,
          id,
          title: `Film ${id}`,
          year: 1980 + id,
          score: expect.any(Number),
          reason: { text: 'Because you liked Film 1', film: 1 },
          algorithms: [{ id: 'by-id', share: 1 }],
        })),
      },
    ]);
    expect(tracking.lists).toEqual([expect.objectContaining({ unit: 1, surface: 'api.app', blendVersion: 7, at: noon })]);
  });

  test('records nothing for somebody unknown', async () => {
    const { http, tracking } = await bootPlugin(recommendations);
    expect(
      (
        await request(http)
          .get('/api/v1/users/nobody/recommendations')
          .set(...token)
      ).status,
    ).toBe(404);
    expect(tracking.lists).toEqual([]);
  });
});

describe('the watchlist, alone over fakes', () => {
  test('tells that a film was added, once, and leads back', async () => {
    const { http, sql, people, events } = await bootPlugin(watchlist);
    const { account, unit } = await people.create({ name: 'Ida', handle: 'ida', email: '', password: '' });
    const stored = new Set<unknown>(),
      heard: object[] = [];
    events.subscribe(on(WatchlistAdded, (fact) => void heard.push(fact)));
    sql
      .answer(/from film/, [{}])
      .answer(/count/, [{ n: 0 }])
      .answer(/insert into watchlist_item/, ([, film]) => (stored.has(film) ? [] : (stored.add(film), [{ film }])));
    for (let times = 0; times < 2; times++) {
      const { status, headers } = await request(http)
        .post('/film/3/watchlist')
        .set('x-account', String(account))
        .set('accept', 'text/html')
        .type('form')
        .send({ next: '/feed' });
      expect([status, headers['location']]).toEqual([303, '/feed']);
    }
    await events.settled();
    expect(heard).toEqual([{ unit, account, film: 3, at: noon }]);
  });

  test('takes saved films out of recommendations, unless its settings say otherwise', async () => {
    for (const [hideSaved, first] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const { sql, recommender } = await bootPlugin(watchlist, { settings: { hideSaved } });
      sql.answer(/from watchlist_item/, [{ film: 1 }]);
      const session = await recommender.open(1, noon);
      expect(session.forViewer({ surface: 'test', size: 3 }).films[0]!.film).toBe(first);
    }
  });
});

test('a plugin that cannot start says why, instead of being tested half', async () => {
  await expect(bootPlugin(watchlist, { settings: { limit: -1 } })).rejects.toThrow(/watchlist is failed/);
  await expect(bootPlugin({ ...watchlist, requires: { odd: { id: 'test.odd' } } })).rejects.toThrow(/no fake/);
});
