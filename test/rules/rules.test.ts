import express from 'express';
import request from 'supertest';
import { toAppError } from '../../core/http/failures.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { Catalogues } from '../../core/services.ts';
import { train } from '../../jobs/training/train.ts';
import { loadTrainingData } from '../../jobs/training/training-data.ts';
import { Accounts } from '../../plugins/accounts/api.ts';
import accounts from '../../plugins/accounts/index.ts';
import popularity from '../../plugins/algorithms/popularity/index.ts';
import api from '../../plugins/api/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import history from '../../plugins/history/index.ts';
import { compile } from '../../plugins/rules/compile.ts';
import { ruleRoutes } from '../../plugins/rules/console/routes.ts';
import rules from '../../plugins/rules/index.ts';
import { Rules, type LoadedRule } from '../../plugins/rules/store.ts';
import tracking from '../../plugins/tracking/index.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';

const plugins = [accounts, catalogue, history, tracking, popularity, rules, api];
const operator = 1;
const draft = { name: 'Winter', effect: 'boost', amount: 5, target: 'genre', value: 'War' } as const;

describe('rules', () => {
  let site: Booted, store: Rules, films: number[], unit: number;
  beforeAll(async () => {
    site = await bootApp({ plugins });
    const { sql } = site;
    films = await addFilms(
      site,
      Array.from({ length: 20 }, (_, i) => ({ title: `Film ${i}` })),
    );
    await sql.rows(`insert into genre (name) values ('War'), ('Drama')`);
    await sql.rows(`insert into film_genre select f, (select id from genre where name = 'War'), 0 from unnest($1::integer[]) f`, [films.slice(15)]);
    await sql.rows(`update film set plot = 'A lighthouse in the north' where id = $1`, [films[9]]);
    await sql.rows('insert into unit (visitor) select gen_random_uuid() from generate_series(1, 30)');
    // The first films are rated most.
    await sql.rows(
      `insert into rating (unit, film, stars, rated_at) select u.id, f.id, 4, now() from unit u, unnest($1::integer[]) with ordinality f (id, n) where u.id % 21 >= n`,
      [films],
    );
    unit = (await sql.one<{ id: number }>('insert into unit (visitor) values (gen_random_uuid()) returning id'))!.id;
    const loaded = await loadTrainingData(sql, plugins, site.recommender.signals());
    for (const algorithm of popularity.algorithms!) {
      await site.models.publish(
        await train(algorithm, loaded, { settings: popularity.config!.parse({}), seed: 1, signal: new AbortController().signal, progress() {} }),
      );
    }
    await site.models.refresh();
    store = new Rules(sql, site.bus);
  });
  afterAll(() => site.stop());
  afterEach(async () => {
    for (const { id, version } of await store.all()) await store.remove(id, version, operator);
    await heard((ids) => ids.length > 0 && ids[0] === films[0]);
  });

  const listed = async (): Promise<number[]> => {
    const session = await site.recommender.open(unit, new Date(), { blend: BlendSpec.parse({ weights: { popularity: 1 }, diversity: 0 }) });
    return session.forViewer({ surface: 'test', size: 10 }).films.map(({ film }) => film);
  };
  /** The notification comes from the database, so the list is asked for until it is as expected. */
  const heard = async (expected: (films: number[]) => boolean): Promise<number[]> => {
    for (;;) {
      const list = await listed();
      if (expected(list)) return list;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  test('boost, bury, pin and exclude films, for every viewer from the next page on', async () => {
    expect((await listed()).slice(0, 3)).toEqual(films.slice(0, 3));
    await store.create(draft, operator);
    await heard((list) => films.indexOf(list[0]!) >= 15);
    await store.create({ ...draft, effect: 'exclude', target: 'film', value: String(films[15]) }, operator);
    await heard((list) => !list.includes(films[15]!));
    await store.create({ ...draft, effect: 'pin', amount: 2, target: 'film', value: String(films[12]) }, operator);
    expect((await heard((list) => list.includes(films[12]!)))[1]).toBe(films[12]);
    await store.create({ ...draft, effect: 'bury', target: 'query', value: 'NORTH lighthouse' }, operator);
    await heard((list) => !list.includes(films[9]!));
  });

  test('hold for their audience and their time only', async () => {
    await store.create({ ...draft, audience: 'regulars' }, operator);
    await store.create({ ...draft, effect: 'exclude', target: 'film', value: String(films[0]), endsAt: '2020-01-01T00:00:00Z' }, operator);
    await store.create({ ...draft, effect: 'exclude', target: 'film', value: String(films[2]), enabled: false }, operator);
    await store.create({ ...draft, effect: 'exclude', target: 'film', value: String(films[1]), audience: 'newcomers' }, operator);
    expect((await heard((list) => !list.includes(films[1]!))).slice(0, 2)).toEqual([films[0], films[2]]);
  });

  test('keep an audit row of each change, and refuse a change of something older', async () => {
    const rule = await store.create(draft, operator);
    const after = await store.edit(rule.id, 1, { ...draft, amount: 2 }, operator);
    expect(after).toMatchObject({ version: 2, amount: 2 });
    await expect(store.edit(rule.id, 1, draft, operator)).rejects.toMatchObject({ status: 409 });
    await expect(store.remove(999, 1, operator)).rejects.toMatchObject({ status: 404 });
    const rows = await site.sql.rows<{ action: string }>('select action from audit_log where subject = $1 order by id', [`rule ${rule.id}`]);
    expect(rows.map(({ action }) => action)).toEqual(['rule.create', 'rule.edit']);
  });

  test.each([
    ['name', { name: ' ' }],
    ['effect', { effect: 'delete' }],
    ['amount', { amount: 0 }],
    ['amount', { amount: 6 }],
    ['amount', { amount: Number.NaN }],
    ['target', { effect: 'pin' }],
    ['amount', { effect: 'pin', target: 'film', value: '1', amount: 1.5 }],
    ['value', { value: 'Wra' }],
    ['value', { target: 'film', value: '999999' }],
    ['value', { target: 'query', value: 'submarine' }],
    ['endsAt', { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }],
    ['startsAt', { startsAt: 'tomorrow' }],
  ])('refuse a wrong %s with the field named: %j', async (field, wrong) => {
    await expect(async () => store.create({ ...draft, ...wrong }, operator)).rejects.toMatchObject({
      status: 422,
      fields: { [field]: expect.any(String) },
    });
    expect(await store.all()).toEqual([]);
  });

  test('can be previewed for a viewer before they are saved', async () => {
    const app = express()
      .use(express.json(), (req, _response, next) => {
        Object.assign(req, { account: { id: operator, role: 'manager' }, clock: new Date() });
        next();
      })
      .use(
        ruleRoutes({
          rules: store,
          recommender: site.recommender,
          accounts: site.host.find(Accounts)!,
          catalogue: () => site.host.find(Catalogues)!.current(),
        }),
      )
      .use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
        response.status(toAppError(error).status).json(toAppError(error));
      });
    const { body } = await request(app).post('/preview').send({ unit, draft }).expect(200);
    expect(body.without[0]).toMatchObject({ id: films[0], touched: false });
    expect(body.with[0]).toMatchObject({ touched: true });
    const other = await request(app)
      .post('/preview')
      .send({ unit, draft: { ...draft, effect: 'exclude', target: 'film', value: String(films[0]) } });
    expect(other.body.with[0]).toMatchObject({ id: films[1], touched: false });
    const weaker = await request(app)
      .post('/preview')
      .send({ unit, draft: { ...draft, amount: 0.01 } });
    expect(weaker.body.with[0]).toMatchObject({ id: films[0] });
    expect(await store.all()).toEqual([]);
    await request(app)
      .post('/preview')
      .send({ unit, draft: { ...draft, value: '' } })
      .expect(422);
    await request(app).post('/preview').send({ unit: 2_000_000_000, draft }).expect(404);
  });
});

test('several rules on one film add up, and none means nothing to add', () => {
  const rule = (part: Partial<LoadedRule>): LoadedRule => ({
    ...draft,
    audience: 'everybody',
    startsAt: null,
    endsAt: null,
    enabled: true,
    id: 1,
    version: 1,
    films: [1],
    ...part,
  });
  const cards = { size: 3, position: (id: number) => (id < 3 ? id : undefined) } as never;
  const { boost, excluded, pins } = compile('', [rule({ amount: 2 }), rule({ effect: 'bury', amount: 0.5, films: [1, 2, 7] })], cards);
  expect([...boost!]).toEqual([
    [1, 1.5],
    [2, -0.5],
  ]);
  expect([excluded, pins]).toEqual([undefined, []]);
  expect(compile('', [rule({ effect: 'pin', amount: 1 })], cards)).toMatchObject({ boost: new Map(), pins: [{ film: 1, place: 0 }] });
});
