import { Links } from '../../plugins/experiments/look/links.ts';
import type { Browser } from '../harness/app.ts';
import { bootSite, type Site } from './site.ts';

const data = '/admin/data/experiments';

describe('looking at an arm', () => {
  let site: Site, manager: Browser, id: number;
  const post = (path: string, body: object) =>
    manager.agent
      .post(data + path)
      .set('sec-fetch-site', 'same-origin')
      .send(body);
  beforeAll(async () => {
    site = await bootSite();
    manager = await site.signedIn('manager');
    ({ id } = (await post('/experiments', site.draft())).body as { id: number });
    await post(`/experiments/${id}/launch`, { version: 1 });
  });
  afterAll(() => site.stop());
  test('a signed link shows what it does; its button makes this browser see the arm, uncounted, until it stops', async () => {
    const somebody = site.browser();
    const looksAt = async (browser: Browser) => /You are looking at “(\w+)” of the experiment/.exec((await browser.get('/about')).text)?.[1];
    const { path: shown } = (await post(`/experiments/${id}/look`, { arm: 'b' })).body as { path: string };
    expect((await somebody.get(shown)).text).toContain('“Personal”');
    expect(await site.sql.rows('select from experiment_forced')).toEqual([]);
    for (const arm of ['b', 'control']) {
      const { path } = (await post(`/experiments/${id}/look`, { arm })).body as { path: string };
      expect((await somebody.post(path, {}, path)).status).toBe(303);
      const { unit } = (await site.sql.one<{ unit: number }>('select unit from experiment_forced'))!;
      let blend = '';
      const wanted = arm === 'b' ? 'Personal' : 'House';
      for (let tries = 0; tries < 200 && blend !== wanted; tries++) blend = (await site.recommender.open(unit, new Date())).blend.name;
      expect(blend).toBe(wanted);
      expect((await site.recommender.open(unit, new Date())).assignments).toEqual([]);
      expect(await looksAt(somebody)).toBe(wanted);
      await somebody.post('/experiments/look/stop', {}, path);
      expect(await looksAt(somebody)).toBeUndefined();
      expect(await site.sql.rows('select from experiment_forced')).toEqual([]);
    }
    // Who looks at nothing is asked nothing: no unit is made for a mere visitor.
    const before = await site.sql.rows('select from unit');
    expect(await looksAt(site.browser())).toBeUndefined();
    expect(await site.sql.rows('select from unit')).toHaveLength(before.length);
  });

  test('a link that was changed, is over, or of an experiment that ended leads nowhere', async () => {
    const links = new Links('a signing secret that only tests use'),
      now = new Date();
    const path = links.pathOf({ experiment: id, arm: 'b', until: new Date(now.getTime() + 1000) });
    const token = path.split('/').at(-1)!;
    expect(links.open(token, now)).toMatchObject({ experiment: id, arm: 'b' });
    expect(links.open(token, new Date(now.getTime() + 2000))).toBeUndefined();
    expect(links.open(token.replace('~b~', '~c~'), now)).toBeUndefined();
    const browser = site.browser();
    expect((await browser.get(path.slice(0, -3))).status).toBe(404);
    expect((await browser.get(links.pathOf({ experiment: 999_999, arm: 'b', until: new Date(now.getTime() + 60_000) }))).status).toBe(404);
  });

  test('what is asked for is checked', async () => {
    expect((await post(`/experiments/${id}/look`, { arm: 'zz' })).status).toBe(404);
    for (const body of [{}, { arm: 'b', hours: 0 }, { arm: 'b', hours: 1000 }])
      expect((await post(`/experiments/${id}/look`, body)).status).toBe(422);
    const viewer = await site.signedIn('viewer');
    expect((await viewer.agent.post(`${data}/experiments/${id}/look`).set('sec-fetch-site', 'same-origin').send({ arm: 'b' })).status).toBe(403);
  });

  test('the console’s other data', async () => {
    const get = async (path: string) => (await manager.agent.get(data + path)).body as Record<string, unknown>;
    expect(await get('/choices')).toMatchObject({
      rows: expect.arrayContaining(['home.trending']),
      attributes: expect.arrayContaining([{ name: 'ratings', type: 'number' }]),
      ramp: [{ coverage: 0.01, hours: 24 }, {}, {}, {}, {}, { coverage: 1 }],
    });
    expect((await post('/audience', { targeting: { ratings: { $gt: 3 } } })).body).toMatchObject({ units: 0, targeted: 0 });
    expect((await post('/audience', { targeting: { nothing: 1 } })).status).toBe(422);
    const layer = (await post('/layers', { name: 'Lists' })).body as { id: number; version: number };
    expect((await post(`/layers/${layer.id}`, { name: 'Rows', version: 1 })).body).toMatchObject({ name: 'Rows', version: 2 });
    expect((await post(`/layers/${layer.id}`, { name: 'Late', version: 1 })).status).toBe(409);
    const holdout = (await post('/holdouts', { name: 'Winter', layer: layer.id, share: 5 })).body as { id: number };
    expect(await get('/layers')).toMatchObject({ layers: [{ name: 'Rows', holdout: { name: 'Winter', version: 1 } }] });
    expect((await post(`/holdouts/${holdout.id}/end`, { version: 1 })).status).toBe(422);
    expect((await post(`/holdouts/${holdout.id}/end`, { version: 1, reason: 'Spring.' })).status).toBe(200);
    const copy = (await post(`/experiments/${id}/copy`, {})).body as { id: number };
    expect(await get(`/experiments/${copy.id}`)).toMatchObject({
      experiment: { status: 'draft', kind: 'ab', coverage: 1 },
      conflicts: [expect.stringContaining('More taste')],
      events: [],
      phases: [],
      deliveries: [],
    });
    expect((await post(`/experiments/${id}/phase`, { version: 2, reason: 'Other shares.', coverage: 0.5 })).body).toMatchObject({ version: 3 });
    expect(await get(`/experiments/${id}`)).toMatchObject({ phases: [{ phase: 2, reason: 'Other shares.' }, { phase: 1 }] });
    expect((await post(`/experiments/${id}/adjust`, { version: 3, coverage: 0.8 })).body).toMatchObject({ version: 4 });
    expect((await post(`/experiments/${id}/adjust`, { version: 4, coverage: 0.7 })).status).toBe(409);
  });
});
