import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { Tracking } from '../../plugins/tracking/api.ts';
import type { Browser } from '../harness/app.ts';
import type { ServedList } from '../../recommend/served.ts';
import { bootSite, type Site } from '../history/site.ts';
import { listOf } from './lists.ts';

describe('clicks', () => {
  let site: Site, browser: Browser, unit: number, list: ServedList;
  beforeAll(async () => {
    site = await bootSite();
    browser = await site.visitor();
    await browser.get('/ratings');
    unit = (await site.sql.one<{ id: number }>('select id from unit'))!.id;
  });
  afterAll(() => site.stop());
  beforeEach(async () => {
    await site.sql.rows('truncate served_list, shown_hour cascade');
    list = listOf({ unit, films: site.films.slice(0, 3) });
    await site.host.find(Tracking)!.record([list]);
  });
  const clicks = () => site.sql.rows('select list, position, film, unit from click order by position');
  const own = (position: number) => ({ list: list.id, position, film: site.films[position], unit });
  const beacon = (body: object | string, from = 'same-origin') =>
    browser.agent
      .post('/t/beacon')
      .set('sec-fetch-site', from)
      .type(typeof body === 'string' ? 'text/plain' : 'application/json')
      .send(body);

  test('by link count once and lead to the film', async () => {
    for (let i = 0; i < 3; i++) {
      const answer = await browser.get(`/go/${list.id}/1`);
      expect([answer.status, answer.headers['location'], answer.headers['cache-control']]).toEqual([302, `/film/${site.films[1]}`, 'no-store']);
    }
    expect(await clicks()).toEqual([own(1)]);
  });

  test('of others, of readers ahead and of programs that ask for headers lead on but do not count', async () => {
    const stranger = await site.visitor();
    expect((await stranger.get(`/go/${list.id}/0`)).headers['location']).toBe(`/film/${site.films[0]}`);
    for (const [name, value] of [
      ['sec-purpose', 'prefetch;prerender'],
      ['purpose', 'prefetch'],
      ['x-moz', 'prefetch'],
      ['x-purpose', 'preview'],
    ] as const) {
      expect((await browser.get(`/go/${list.id}/0`).set(name, value)).status).toBe(302);
    }
    await browser.agent.head(`/go/${list.id}/0`);
    expect(await clicks()).toEqual([]);
  });

  test.each(['x/0', `${randomUUID()}/0`, 'LIST/3', 'LIST/-1', 'LIST/1.5', 'LIST/abc', 'LIST/99999999999', 'LIST/%E2%82%AC'])(
    'on %s lead home',
    async (place) => {
      const answer = await browser.get(`/go/${place.replace('LIST', list.id)}`);
      expect([answer.status, answer.headers['location']]).toEqual([302, '/']);
      expect(await clicks()).toEqual([]);
    },
  );

  test('by beacon count once, sent five times, as JSON and as text', async () => {
    const body = {
      clicks: [
        { list: list.id, position: 0 },
        { list: list.id, position: 2 },
      ],
    };
    const statuses = [];
    for (const sent of [body, JSON.stringify(body), body, JSON.stringify(body), body]) statuses.push((await beacon(sent)).status);
    expect(statuses).toEqual([204, 204, 204, 204, 204]);
    expect(await clicks()).toEqual([own(0), own(2)]);
  });

  test('by beacon count once when all five arrive together with a followed link', async () => {
    const body = { clicks: [{ list: list.id, position: 0 }] };
    await Promise.all([...Array.from({ length: 5 }, () => beacon(body)), browser.get(`/go/${list.id}/0`)]);
    expect(await clicks()).toEqual([own(0)]);
  });

  test("by a beacon that is wrong, foreign or a stranger's are refused or not counted", async () => {
    const place = { list: list.id, position: 0 };
    expect((await beacon({ clicks: [place] }, 'cross-site')).status).toBe(403);
    expect((await browser.agent.post('/t/beacon').send({ clicks: [place] })).status).toBe(403);
    expect((await beacon('{"clicks":')).status).toBe(400);
    for (const bad of [
      {},
      { clicks: [] },
      { clicks: [{ ...place, position: -1 }] },
      { clicks: [{ ...place, list: 'x' }] },
      { clicks: Array.from({ length: 101 }, () => place) },
    ]) {
      expect((await beacon(bad)).status).toBe(422);
    }
    expect((await beacon(`{"clicks":[],"x":"${'x'.repeat(30_000)}"}`)).status).toBe(413);
    const stranger = await site.visitor();
    expect(
      (
        await stranger.agent
          .post('/t/beacon')
          .set('sec-fetch-site', 'same-origin')
          .send({ clicks: [place] })
      ).status,
    ).toBe(204);
    expect(await clicks()).toEqual([]);
  });

  test('by the API count once for the viewer of the list', async () => {
    const token = await site.token('write');
    const send = (id: string, position: unknown) =>
      request(site.http)
        .post(`/api/v1/lists/${id}/clicks`)
        .set('authorization', `Bearer ${token}`)
        .send({ position } as object);
    for (let i = 0; i < 2; i++) expect((await send(list.id, 2)).body).toEqual({ film: site.films[2] });
    expect(await clicks()).toEqual([own(2)]);
    expect([
      (await send(list.id, 3)).status,
      (await send(randomUUID(), 0)).status,
      (await send('x', 0)).status,
      (await send(list.id, '0')).status,
    ]).toEqual([404, 404, 422, 422]);
  });
});
