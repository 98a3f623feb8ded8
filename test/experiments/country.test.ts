import { Accounts } from '../../plugins/accounts/api.ts';
import { personalData } from '../../plugins/experiments/personal.ts';
import { addFilms, type Browser } from '../harness/app.ts';
import { ordered, publishOrder } from './ordered.ts';
import { bootSite, password, plugins, type Site } from './site.ts';

describe('the country of viewers', () => {
  let site: Site, manager: Browser, id: number;
  const post = (path: string, body: object) => manager.agent.post(`/admin/data/experiments${path}`).set('sec-fetch-site', 'same-origin').send(body);
  const known = async () => ((await manager.agent.get('/admin/data/experiments/choices')).body as { countries: object }).countries;
  const visit = (browser: Browser, country?: string) => (country ? browser.get('/').set('x-country', country) : browser.get('/'));
  const newest = async (): Promise<number> => (await site.sql.one<{ id: number }>('select max(id) as id from unit'))!.id;
  /** Waits for what is noted beside the answer. */
  async function noted(unit: number, country: string): Promise<void> {
    const there = () => site.sql.one('select from experiment_country where unit = $1 and country = $2', [unit, country]);
    while (!(await there())) await new Promise((done) => setImmediate(done));
  }

  beforeAll(async () => {
    site = await bootSite([...plugins, ordered]);
    manager = await site.signedIn('manager');
    await addFilms(
      site,
      Array.from({ length: 12 }, (_, i) => ({ title: `Film ${i}` })),
    );
    await publishOrder(
      site,
      Float32Array.from({ length: 12 }, (_, film) => film),
    );
    ({ id } = (await post('/experiments', site.draft({ targeting: { country: { $in: ['DE', 'AT'] } } }))).body as { id: number });
    await post(`/experiments/${id}/launch`, { version: 1 });
  });
  afterAll(() => site.stop());

  test('is not known without a header, and not believed without a proxy; the form says which', async () => {
    expect(await known()).toEqual({ known: 'no header', seen: [] });
    await site.settings.change('experiments', { settings: { countryHeader: 'x-country' }, version: 0 }, null);
    await site.host.reconcile(await site.settings.wanted());
    expect(await known()).toEqual({ known: 'no proxy', seen: [] });
    await visit(site.browser(), 'DE');
    expect((await site.recommender.open(await newest(), new Date())).assignments).toEqual([]);
    site.http.set('trust proxy', 1);
    expect(await known()).toEqual({ known: 'yes', seen: [] });
  });

  test('decides who is meant, from the first page on, and where nobody says it nobody is', async () => {
    for (const country of ['DE', 'at', 'FR', 'XX', 'Germany', undefined]) await visit(site.browser(), country);
    const lists = await site.sql.rows<{ country: string | null; meant: boolean }>(
      `select c.country, a.list is not null as meant from (select distinct on (unit) id, unit from served_list order by unit, served_at) l
      left join list_assignment a on a.list = l.id left join experiment_country c on c.unit = l.unit order by l.unit`,
    );
    // The first one came before the header was believed.
    expect(lists.slice(-6)).toEqual([
      { country: 'DE', meant: true },
      { country: 'AT', meant: true },
      { country: 'FR', meant: false },
      { country: null, meant: false },
      { country: null, meant: false },
      { country: null, meant: false },
    ]);
    expect(await known()).toMatchObject({ seen: ['AT', 'DE', 'FR'] });
    const audience = async (targeting: object) => ((await post('/audience', { targeting })).body as { targeted: number }).targeted;
    expect([await audience({ country: { $in: ['DE', 'AT'] } }), await audience({ country: { $nin: ['DE', 'AT'] } })]).toEqual([2, 5]);
  });

  test('is where somebody was last, goes along at the sign-in, and with the account', async () => {
    const { account, unit } = await site.host
      .find(Accounts)!
      .create({ name: 'Traveller', handle: 'traveller', email: 'traveller@example.org', password, role: 'viewer' });
    const traveller = site.browser();
    await visit(traveller, 'DE');
    const visitor = await newest();
    await noted(visitor, 'DE');
    await visit(traveller, 'FR');
    await noted(visitor, 'FR');
    expect((await site.recommender.open(visitor, new Date())).assignments).toEqual([]);
    await traveller.signIn('traveller@example.org', password);
    await site.events.settled();
    expect(await personalData.export(site.sql, { account, unit })).toEqual({ country: [{ country: 'FR', at: expect.any(Date) }] });
    await site.sql.transaction((tx) => personalData.erase(tx, { account, unit }, { keepTexts: false }));
    expect(await personalData.export(site.sql, { account, unit })).toEqual({ country: [] });
  });

  test('of operators and programs is nobody’s', async () => {
    const unit = await newest(),
      before = await site.sql.rows('select unit, country from experiment_country order by unit');
    await manager.agent
      .post(`/admin/data/experiments/experiments/${id}/preview`)
      .set({ 'sec-fetch-site': 'same-origin', 'x-country': 'IT' })
      .send({ unit });
    await manager.agent.get('/api/v1/films').set('x-country', 'IT');
    expect(await site.sql.rows('select unit, country from experiment_country order by unit')).toEqual(before);
  });

  test('conditions on it are checked', async () => {
    for (const country of [{ $in: ['de'] }, { $in: [] }, { $eq: 'DE' }])
      expect((await post('/audience', { targeting: { country } })).body).toMatchObject({ error: { fields: { targeting: expect.any(String) } } });
  });
});
