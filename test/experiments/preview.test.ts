import { bootSite, storeUnits, type Site } from './site.ts';

describe('what a viewer sees in each arm', () => {
  let site: Site;
  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());

  test('comes arm by arm, for a viewer that is named', async () => {
    const [unit] = await storeUnits(site.sql, 1),
      { id } = await site.service.create(site.draft(), null),
      { agent } = await site.signedIn('manager');
    const ask = (experiment: number, body: object) =>
      agent.post(`/admin/data/experiments/experiments/${experiment}/preview`).set('sec-fetch-site', 'same-origin').send(body);
    expect((await ask(id, { unit })).body).toMatchObject({
      arms: [
        { key: 'control', name: 'House', missing: [] },
        { key: 'b', name: 'Personal' },
      ],
    });
    expect((await ask(id, { unit: 'me' })).status).toBe(422);
    expect((await ask(99_999, { unit })).status).toBe(404);
    const nobody = await ask(id, { unit: 2_000_000_000 });
    expect([nobody.status, nobody.body.error.message]).toEqual([404, 'There is no such viewer.']);
  });
});
