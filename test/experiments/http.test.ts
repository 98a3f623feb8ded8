import type { Browser } from '../harness/app.ts';
import type { ExperimentAnswer, ListAnswer } from '../../plugins/experiments/console/answer.ts';
import { bootSite, storeFilms, storeList, storeUnits, type Site } from './site.ts';

const data = '/admin/data/experiments/experiments';

describe('the console’s data', () => {
  let site: Site, manager: Browser;
  beforeAll(async () => {
    site = await bootSite();
    manager = await site.signedIn('manager');
  });
  afterAll(() => site.stop());
  const post = (path: string, body: object) =>
    manager.agent
      .post(data + path)
      .set('sec-fetch-site', 'same-origin')
      .send(body);
  const get = async <T>(path = ''): Promise<T> => (await manager.agent.get(data + path)).body as T;

  test('from a draft to a decision', async () => {
    expect(await get<ListAnswer>()).toMatchObject({ experiments: [], blends: [{ name: 'House', isDefault: true }, {}, {}] });
    const { status, body } = await post('', site.draft());
    expect(status).toBe(201);
    const path = `/${(body as { id: number }).id}`;
    expect(await get<ExperimentAnswer>(path)).toMatchObject({
      results: null,
      experiment: { status: 'draft', arms: [{ serves: 'House, version 1' }, { serves: 'Personal, version 1' }] },
    });
    expect((await post(path, { ...site.draft({ name: 'Better name' }), version: 1 })).body).toMatchObject({ version: 2 });
    expect((await post(`${path}/launch`, { version: 2 })).body).toMatchObject({ status: 'running', version: 3 });

    const films = await storeFilms(site.sql, 10),
      units = await storeUnits(site.sql, 4);
    for (const [i, unit] of units.entries()) {
      await storeList(site.sql, Number(path.slice(1)), films, {
        unit,
        arm: i % 2 ? 'b' : 'control',
        at: new Date(Date.now() - 86_400_000 * i),
        films: 10,
        clicks: [i],
      });
    }
    const { results, history, experiment } = await get<ExperimentAnswer>(path);
    expect(results).toMatchObject({
      viewers: 4,
      arms: [
        { impressions: 20, clicks: 2 },
        { impressions: 20, clicks: 2 },
      ],
      verdict: { kind: 'open' },
    });
    expect(experiment.name).toBe('Better name');
    expect(history.map(({ action, by }) => [action, by])).toEqual(['launch', 'edit', 'create'].map((action) => [`experiment.${action}`, 'manager']));
    expect(history[1]!.changes.filter(({ field }) => field !== 'version')).toEqual([{ field: 'name', before: 'More taste', after: 'Better name' }]);
    expect(history[0]!.changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['arms', 'status', 'startedAt']));
    expect(history[2]!.changes).toEqual([]);
    expect(await get<ListAnswer>()).toMatchObject({
      experiments: [{ name: 'Better name', status: 'running', viewers: 4, verdict: { kind: 'open' } }],
    });

    expect((await post(`${path}/pause`, { version: 3 })).body).toMatchObject({ status: 'paused' });
    expect((await post(`${path}/resume`, { version: 4 })).body).toMatchObject({ status: 'running' });
    expect((await post(`${path}/stop`, { version: 5, decision: 'keep', reason: 'No difference.' })).body).toMatchObject({ status: 'stopped' });
    expect(await get<ListAnswer>()).toMatchObject({ experiments: [{ status: 'stopped', decision: 'keep', viewers: 4 }] });
    expect(await get<ExperimentAnswer>(path)).toMatchObject({ experiment: { reason: 'No difference.' }, results: { viewers: 4 } });
  });

  test('refusals name the field', async () => {
    const refused = await post(
      '',
      site.draft({
        name: '',
        arms: [
          { key: 'control', share: 60, blend: site.house },
          { key: 'b', share: 60, blend: site.house },
        ],
      }),
    );
    expect(refused.status).toBe(422);
    expect(Object.keys((refused.body as { error: { fields: object } }).error.fields).sort()).toEqual(['arms.1.blend', 'arms.shares', 'name']);
    for (const body of [{}, { version: '1' }, { version: null }]) expect((await post('/1/launch', body)).status).toBe(422);
  });

  test.each(['/0', '/abc', '/2147483648', '/-1', '/999999'])('there is no experiment %s', async (path) => {
    expect((await manager.agent.get(data + path)).status).toBe(404);
    expect((await post(`${path}/launch`, { version: 1 })).status).toBe(404);
  });

  test('keys that every object has are refused, at any depth', async () => {
    const send = (text: string) => manager.agent.post(data).set('sec-fetch-site', 'same-origin').set('content-type', 'application/json').send(text);
    const draft = JSON.stringify(site.draft());
    const before = (await get<ListAnswer>()).experiments.length;
    for (const key of ['"__proto__": {"a": 1}', '"targeting": {"__proto__": {"$gt": 1}}'])
      expect((await send(draft.replace('{', `{${key},`))).status).toBe(400);
    const { status, body } = await send(draft.replace('{', '{"constructor": {"prototype": {}},'));
    expect([status, (body as { error: { fields: object } }).error.fields]).toEqual([422, { constructor: 'is not a field here' }]);
    expect((await get<ListAnswer>()).experiments).toHaveLength(before);
  });

  test('parameters that are repeated or bracketed are refused', async () => {
    for (const query of ['metric=ctr&metric=ctr&segment=ratings', 'metric[a]=ctr&segment=ratings']) {
      const { status, body } = await manager.agent.get(`${data}/1/groups?${query}`);
      expect([status, (body as { error: { message: string } }).error.message]).toEqual([400, 'Give "metric" once.']);
    }
  });

  test('a form that is sent twice makes one draft', async () => {
    const sent = '6f1b3c52-0d0c-4c1e-9d5a-0b8f3f3f5a11',
      before = (await get<ListAnswer>()).experiments.length;
    const answers = await Promise.all([1, 2, 3].map(() => post('', { ...site.draft(), sent })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => (body as { id: number }).id)).size).toBe(1);
    expect((await post('', { ...site.draft(), sent: 'mine' })).status).toBe(422);
    expect((await get<ListAnswer>()).experiments).toHaveLength(before + 1);
  });

  test('a second tab that is behind gets 409', async () => {
    const { id } = (await post('', site.draft())).body as { id: number };
    expect((await post(`/${id}`, { ...site.draft({ name: 'First tab' }), version: 1 })).status).toBe(200);
    const second = await post(`/${id}`, { ...site.draft({ name: 'Second tab' }), version: 1 });
    expect([second.status, (second.body as { error: { code: string } }).error.code]).toEqual([409, 'STALE']);
    expect((await get<ExperimentAnswer>(`/${id}`)).experiment.name).toBe('First tab');
  });

  test('viewers and strangers get nothing, other sites change nothing', async () => {
    const viewer = await site.signedIn('viewer'),
      stranger = site.browser();
    expect((await viewer.agent.get(data)).status).toBe(403);
    expect((await stranger.agent.get(data)).status).toBe(401);
    expect((await manager.agent.post(data).send(site.draft())).status).toBe(403);
    expect((await manager.agent.post(data).set('sec-fetch-site', 'cross-site').send(site.draft())).status).toBe(403);
  });

  test('a viewer’s home page is made and recorded with the arm', async () => {
    const { id } = (await post('', site.draft())).body as { id: number };
    await post(`/${id}/launch`, { version: 1 });
    const unit = (await storeUnits(site.sql, 1))[0]!;
    let assigned: readonly object[] = [];
    for (let tries = 0; tries < 200 && assigned.length === 0; tries++) assigned = (await site.recommender.open(unit, new Date())).assignments;
    expect(assigned).toEqual([{ experiment: id, phase: 1, arm: expect.stringMatching(/^(control|b)$/) }]);
  });

  test('switched off, the plugin assigns nobody and its data are gone; switched on, it goes on', async () => {
    const wanted = await site.settings.wanted(),
      unit = (await storeUnits(site.sql, 1))[0]!;
    const arms = async () => (await site.recommender.open(unit, new Date())).assignments;
    const before = await arms();
    await site.host.reconcile(new Map([...wanted].filter(([plugin]) => plugin !== 'experiments')));
    expect(await arms()).toEqual([]);
    expect((await manager.agent.get(data)).status).toBe(404);
    await site.host.reconcile(wanted);
    expect(await arms()).toEqual(before);
    expect(before).toHaveLength(1);
  });
});
