import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { on } from '../../core/plugin.ts';
import { Accounts } from '../../plugins/accounts/api.ts';
import { Rated } from '../../plugins/history/api.ts';
import { bootSite, type Site } from './site.ts';

describe('interactions by the API', () => {
  let site: Site, write: string, read: string, account: number, unit: number;
  beforeAll(async () => {
    site = await bootSite();
    [write, read] = [await site.token('write'), await site.token('read')];
    ({ account, unit } = await site.host
      .find(Accounts)!
      .create({ name: 'Ida', handle: 'ida', email: 'ida@example.org', password: 'a long and odd pass phrase' }));
  });
  afterAll(() => site.stop());
  beforeEach(() => site.sql.rows('truncate rating, watch, dismissal'));

  const send = (interactions: unknown, token = write) =>
    request(site.http)
      .post('/api/v1/interactions')
      .set('authorization', `Bearer ${token}`)
      .send({ interactions } as object);
  const rating = (fields: object = {}) => ({
    id: randomUUID(),
    user: 'ida',
    film: site.films[0],
    kind: 'rating',
    stars: 4,
    at: '2024-05-01T10:00:00Z',
    ...fields,
  });

  test('are stored by account id, handle and visitor key, and come back as history', async () => {
    const visitor = 'visitor:shop-4711';
    const { status, body } = await send([
      rating(),
      rating({ user: account, film: site.films[1], stars: 2.5, at: '2024-05-02T12:00:00+02:00' }),
      rating({ user: visitor, film: site.films[2], kind: 'watched', stars: undefined }),
      rating({ user: visitor, film: site.films[3], kind: 'dismissed', stars: undefined, at: undefined }),
    ]);
    expect([status, body.accepted, body.duplicate, body.refused]).toEqual([200, 4, 0, 0]);
    const history = async (id: string, query = '') =>
      (await request(site.http).get(`/api/v1/users/${id}/history${query}`).set('authorization', `Bearer ${read}`)).body;
    const expected = [
      { film: site.films[1], kind: 'rating', stars: 2.5, at: '2024-05-02T10:00:00.000Z' },
      { film: site.films[0], kind: 'rating', stars: 4, at: '2024-05-01T10:00:00.000Z' },
    ];
    for (const id of ['ida', String(account)]) expect(await history(id)).toEqual({ items: expected, next: null });
    expect(await history('ida', '?limit=1')).toEqual({ items: expected.slice(0, 1), next: 1 });
    expect(await history('ida', '?limit=1&offset=1')).toEqual({ items: expected.slice(1), next: null });
    expect((await history(visitor)).items.map(({ kind }: { kind: string }) => kind)).toEqual(['dismissed', 'watched']);
  });

  test('count once by id: in a second request, in the same one, and when two arrive together', async () => {
    const heard: number[] = [],
      stop = site.events.subscribe(on(Rated, ({ stars }) => void heard.push(stars)));
    const first = rating({ stars: 5 }),
      again = { ...first, stars: 1 };
    expect((await send([first, again])).body.results.map(({ status }: { status: string }) => status)).toEqual(['accepted', 'duplicate']);
    expect((await send([again])).body).toMatchObject({ accepted: 0, duplicate: 1 });
    expect(await site.sql.rows('select stars from rating where unit = $1', [unit])).toEqual([{ stars: 5 }]);
    const batch = Array.from({ length: 50 }, (_, i) => rating({ film: site.films[i % 10] }));
    const answers = await Promise.all([send(batch), send(batch.toReversed()), send(batch)]);
    expect(answers.map(({ body }) => body.accepted).reduce((a, b) => a + b, 0)).toBe(50);
    await site.events.settled();
    stop();
    expect(heard).toHaveLength(51);
  });

  test('arriving out of order leave the newest rating', async () => {
    await send([rating({ stars: 5, at: '2024-05-03T00:00:00Z' }), rating({ stars: 1, at: '2024-05-02T00:00:00Z' })]);
    await send([rating({ stars: 2, at: '2024-05-01T00:00:00Z' })]);
    expect(await site.sql.rows('select stars from rating')).toEqual([{ stars: 5 }]);
  });

  test('that are wrong are refused one by one with the reason, and may come again mended', async () => {
    const year = new Date().getFullYear() + 2;
    const wrong: [object, RegExp][] = [
      [rating({ stars: 11 }), /stars: Choose at most/],
      [rating({ stars: 3.3 }), /stars: .*half/],
      [rating({ stars: 0 }), /stars/],
      [rating({ stars: '4' }), /stars/],
      [rating({ stars: undefined }), /A rating needs stars/],
      [rating({ film: site.hidden }), /film/],
      [rating({ film: 999_999 }), /film/],
      [rating({ film: 2 ** 40 }), /film/],
      [rating({ film: 'x' }), /film/],
      [rating({ user: 'nobody_here' }), /user/],
      [rating({ user: 999_999 }), /user/],
      [rating({ user: 'visitor:x' }), /user/],
      [rating({ user: 2 ** 40 }), /user/],
      [rating({ user: 'a\u0000b' }), /user/],
      [rating({ at: `${year}-01-01T00:00:00Z` }), /at: .*1970 and now/],
      [rating({ at: '1969-12-31T00:00:00Z' }), /at/],
      [rating({ at: 'yesterday' }), /at: Write/],
      [rating({ kind: 'bought' }), /kind/],
      [rating({ id: 'x' }), /id/],
      [rating({ role: 'admin' }), /role/],
      [JSON.parse('{"__proto__": {"id": "x"}}') as object, /id/],
      [null as never, /./],
      [[] as never, /./],
    ];
    const good = rating();
    const { status, body } = await send([...wrong.map(([row]) => row), good]);
    expect([status, body.refused, body.accepted]).toEqual([200, wrong.length, 1]);
    wrong.forEach(([, reason], index) =>
      expect(body.results[index]).toMatchObject({ index, status: 'refused', reason: expect.stringMatching(reason) }),
    );
    expect(body.results.at(-1)).toEqual({ index: wrong.length, id: good.id, status: 'accepted' });
    expect((await send([{ ...wrong[0]![0], stars: 4.5 }])).body.accepted).toBe(1);
    expect(await site.sql.rows('select stars from rating')).toHaveLength(1);
  });

  test('come a thousand at a time, not more, not none, and need a token that may write', async () => {
    expect((await send(Array.from({ length: 1000 }, (_, i) => rating({ film: site.films[i % 10] })))).body.accepted).toBe(1000);
    expect((await send(Array.from({ length: 1001 }, () => rating()))).status).toBe(422);
    for (const bad of [[], 'x', undefined, { id: 1 }]) expect((await send(bad)).status).toBe(422);
    expect((await send([rating()], read)).status).toBe(403);
    expect((await send([rating()], 'mq_wrong')).status).toBe(401);
    expect((await request(site.http).post('/api/v1/interactions').set('authorization', `Bearer ${write}`).type('json').send('{"a')).status).toBe(400);
  });

  test('of users that nobody has are 404', async () => {
    for (const id of ['nobody_here', '999999', '99999999999', 'visitor:never-seen', 'a%20b', '%E2%80%AE']) {
      expect([id, (await request(site.http).get(`/api/v1/users/${id}/history`).set('authorization', `Bearer ${read}`)).status]).toEqual([id, 404]);
    }
    expect((await request(site.http).get('/api/v1/users/ida/history?limit=0').set('authorization', `Bearer ${read}`)).status).toBe(422);
  });

  test('are described with the shape of a row', async () => {
    const { body } = await request(site.http).get('/api/v1/openapi.json');
    const row = body.paths['/interactions'].post.requestBody.content['application/json'].schema.properties.interactions.items;
    expect(row.required).toEqual(['id', 'user', 'film', 'kind']);
    expect(row.properties.kind.enum).toEqual(['rating', 'watched', 'dismissed']);
  });

  test('are known again by their id for as many days as the setting says', async () => {
    const [old, young] = [rating(), rating({ film: site.films[1] })];
    await send([old, young]);
    await site.sql.rows(`update api_interaction set received_at = now() - interval '91 days' where id = $1`, [old.id]);
    await site.sql.rows(`update api_interaction set received_at = now() - interval '89 days' where id = $1`, [young.id]);
    expect(await site.memoryJobs.run('history.forget-ids')).toEqual({ forgotten: 1 });
    expect((await send([old, young])).body).toMatchObject({ accepted: 1, duplicate: 1 });
  });
});
