import { randomUUID } from 'node:crypto';
import { Experiments } from '../../plugins/experiments/service.ts';
import { misfits, operationsOf, type Document, type Name } from './document.ts';
import { bootApi, type ApiSite } from './site.ts';

interface Input {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: object;
  readonly body?: object;
}
interface Example {
  /** an input that is answered with success */
  readonly good: Input;
  /** names that nobody has: 404 */
  readonly unknown?: readonly Input[];
  /** inputs that are refused, with the field that the answer names: 422 */
  readonly bad: readonly (readonly [field: string, Input])[];
}

let site: ApiSite, document: Document, examples: Readonly<Record<Name, Example>>;
beforeAll(async () => {
  site = await bootApi();
  document = (await site.call('get', '/openapi.json', '')).body as Document;
  examples = await examplesFor(site);
});
afterAll(() => site.stop());

const send = (name: Name, { path = {}, query = {}, body }: Input, token?: string) => {
  const [method, template] = name.split(' ') as [string, string];
  const asked = site
    .call(
      method,
      template.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(path[parameter] ?? 'missing')),
      token,
    )
    .query(query);
  return body === undefined ? asked : asked.send(body);
};
/** Runs a check of every operation; what fails is named. */
const each = async (check: (name: Name, example: Example) => Promise<void>): Promise<void> => {
  for (const [name] of operationsOf(document)) await check(name, examples[name]!);
};
const fits = (name: Name, status: number, body: unknown): string[] =>
  misfits(document, operationsOf(document).find(([one]) => one === name)![1], status, body);

describe('every operation of the document', () => {
  test('has an example here: add one for a new operation', () => {
    expect(Object.keys(examples).sort()).toEqual(
      operationsOf(document)
        .map(([name]) => name)
        .sort(),
    );
  });

  test('answers valid input with what the document says', () =>
    each(async (name, { good }) => {
      const { status, body, type } = await send(name, good);
      expect([name, Math.floor(status / 100), type]).toEqual([name, 2, 'application/json']);
      expect([name, fits(name, status, body)]).toEqual([name, []]);
    }));

  test('is closed without a token, with a wrong one, a revoked one and one in another place', async () => {
    const gone = await site.tokens.create('gone', 'write', site.viewer.account);
    const { id } = (await site.tokens.list()).find((token) => token.name === 'gone')!;
    await site.tokens.revoke(id, site.viewer.account);
    await each(async (name, { good }) => {
      for (const token of ['', 'mq_wrong', gone, `${site.write}x`, `x ${site.write}`]) {
        const { status, body } = await send(name, good, token);
        expect([name, token, status, body.error?.code]).toEqual([name, token, 401, 'BAD_TOKEN']);
        expect(fits(name, status, body)).toEqual([]);
      }
      expect((await send(name, { ...good, query: { ...good.query, access_token: site.write } }, '')).status).toBe(401);
    });
  });

  test('that writes is closed to a token that may only read, and changes nothing', async () => {
    const before = await site.sql.rows('select (select count(*) from rating) as ratings, (select count(*) from click) as clicks');
    for (const { method, path, scope } of site.api.routes) {
      const name = `${method} ${path}`,
        { status, body } = await send(name, examples[name]!.good, site.read);
      expect([name, status]).toEqual([name, scope === 'write' ? 403 : 200]);
      if (status === 403) expect(fits(name, status, body)).toEqual([]);
      if (method !== 'get') expect([name, scope]).toEqual([name, 'write']);
    }
    expect(await site.sql.rows('select (select count(*) from rating) as ratings, (select count(*) from click) as clicks')).toEqual(before);
  });

  test('answers unknown names with 404', () =>
    each(async (name, { good, unknown = [] }) => {
      if (name.includes('{')) expect([name, unknown.length > 0]).toEqual([name, true]);
      for (const input of unknown) {
        const { status, body } = await send(name, { ...good, ...input });
        expect([name, input, status]).toEqual([name, input, 404]);
        expect(fits(name, status, body)).toEqual([]);
      }
    }));

  test('refuses bad input with 422 and the field', () =>
    each(async (name, { good, bad }) => {
      expect([name, bad.length > 0]).toEqual([name, true]);
      for (const [field, input] of bad) {
        const { status, body } = await send(name, { ...good, ...input });
        expect([name, input, status, Object.keys(body.error?.fields ?? {})]).toEqual([name, input, 422, expect.arrayContaining([field])]);
        expect(fits(name, status, body)).toEqual([]);
      }
    }));

  test('refuses what is malformed or hostile without a fault of its own', () =>
    each(async (name, { good }) => {
      const [method, template] = name.split(' ') as [string, string];
      const attacks = name.includes('{')
        ? ['%00', '%ff', '%E2%80%AE', '__proto__', '9'.repeat(300), '%27;drop%20table%20film;--', '..%2f..%2fetc']
        : [];
      for (const attack of attacks) {
        const { status, type } = await site.call(method, template.replaceAll(/\{\w+\}/g, attack)).send(good.body);
        expect([name, attack, [400, 404, 422].includes(status), type]).toEqual([name, attack, true, 'application/json']);
      }
      const strange = { 'a[b]': '1', __proto__x: '1', q: '\u202e%_\\', limit: '0x10' };
      expect((await send(name, { ...good, query: strange })).status).toBeLessThan(500);
      if (!good.body) return;
      const malformed = await send(name, { path: good.path ?? {} })
        .type('json')
        .send('{"a":');
      expect([name, malformed.status, malformed.body.error.code]).toEqual([name, 400, 'BAD_REQUEST']);
      const huge = await send(name, { ...good, body: { ...good.body, more: 'x'.repeat(1_100_000) } });
      expect([name, huge.status]).toEqual([name, 413]);
    }));

  test('is held to the document: another answer would be noticed', () =>
    each(async (name) => {
      for (const body of [undefined, null, [], {}, { error: 'x' }]) expect([name, fits(name, 401, body).length]).not.toEqual([name, 0]);
      expect([name, fits(name, 200, { id: 'x' }).length]).not.toEqual([name, 0]);
      expect(fits(name, 418, {})).toEqual(['418 is not documented']);
    }));
});

test('an address that no operation has is 404 as JSON, and a page is never the answer', async () => {
  for (const [method, path] of [
    ['get', '/nowhere'],
    ['post', '/nowhere'],
    ['delete', '/films'],
    ['get', ''],
  ] as const) {
    const { status, body, type } = await site.call(method, path);
    expect([method, path, status, type, body.error.code]).toEqual([method, path, 404, 'application/json', 'NOT_FOUND']);
  }
});

test('a proof is asked for on record, of the version that was looked at, and of drafts alone', async () => {
  const { path } = examples['post /experiments/{id}/proof']!.good,
    prove = (body: object, id = path!['id']!) => site.call('post', `/experiments/${id}/proof`).send(body);
  const { body } = await prove({ version: 1 }).expect(202);
  expect(site.memoryJobs.queue.find(({ id }) => id === (body as { run: number }).run)).toMatchObject({ name: 'experiments.prove' });
  expect(await site.sql.one(`select operator, after from audit_log where action = 'experiment.prove' order by id desc limit 1`)).toEqual({
    operator: null,
    after: { by: 'JSON API' },
  });
  expect((await prove({ version: 7 })).body).toMatchObject({ error: { code: 'STALE' } });
  const launched = await prove({}, examples['get /experiments/{id}/proof']!.good.path!['id']);
  expect([launched.status, (launched.body as { error: { message: string } }).error.message]).toEqual([409, expect.stringContaining('was launched')]);
  expect(fits('post /experiments/{id}/proof', 409, launched.body)).toEqual([]);
});

test("the time of a token's last use is kept", async () => {
  await site.call('get', '/films', site.read).expect(200);
  expect((await site.tokens.list()).find(({ name }) => name === 'reader')!.used_at).not.toBeNull();
});

async function examplesFor({ films, viewer, call, sql, bus, blends }: ApiSite): Promise<Record<Name, Example>> {
  const hidden = films.at(-1)!,
    visible = films[0]!;
  const unknownFilms: Input[] = [hidden, 2_147_483_647].map((id) => ({ path: { id } }));
  const badIds = ['0', '-1', '1.5', '2147483648', 'abc', '1e400', 'NaN'].map((id): [string, Input] => ['id', { path: { id } }]);
  const unknownUsers: Input[] = ['nobody_here', '99999999', '99999999999', 'a b'].map((id) => ({ path: { id } }));
  const blend = async (name: string) => (await blends.create(name, { weights: { popularity: 1 } }, null)).blend;
  const arms = [
    { key: 'control', share: 50, blend: await blend('First') },
    { key: 'b', share: 50, blend: await blend('Second') },
  ];
  const experiments = new Experiments(sql, bus, { metric: () => ({}) as never });
  const { id: experiment } = await experiments.create({ name: 'Two blends', metric: 'ctr', arms }, null);
  await experiments.launch(experiment, { version: 1, operator: null, at: new Date() });
  const rate = { share: 0.05, low: 0.04, high: 0.06 },
    ways = [{ id: 'fixed', falseAlarms: rate, found: rate }];
  // Enough of a past that a draft's test can be rehearsed on it.
  const { id: draft } = await experiments.create({ name: 'Still a draft', metric: 'ctr', mde: 0.5, arms }, null);
  await sql.rows(
    `with people as (insert into unit (visitor) select gen_random_uuid() from generate_series(1, 150) returning id), list as (
      insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
      select gen_random_uuid(), id, 'home', (select min(id) from blend_version), $1, array_fill('popularity'::text, array[10]), now() - interval '5 days' from people
      returning id, unit
    ) insert into click (list, position, film, unit, at) select id, 0, ($1::integer[])[1], unit, now() - interval '5 days' from list where unit % 3 = 0`,
    [films.slice(0, 10)],
  );
  const proof = { says: [], own: 'fixed', ways, viewers: 100, units: 200, effect: 0.05, alpha: 0.05, planned: 0.8, runs: 200 };
  await sql.rows('insert into experiment_proof (experiment, version, result) values ($1, 1, $2)', [experiment, JSON.stringify(proof)]);
  const ofExperiment = { good: { path: { id: experiment } }, unknown: [{ path: { id: 99_999 } }] };
  const numbers = (field: string): [string, Input][] => ['-1', 'NaN', '1.5', '1e9', 'x', ''].map((value) => [field, { query: { [field]: value } }]);
  const made = await sql.rows<{ id: number }>(
    `insert into film_list (account, name, public, created_at, updated_at) select $1, name, name = 'Open', now(), now()
      from unnest(array['Open', 'Secret']) name returning id`,
    [viewer.account],
  );
  const [filmList, secretList] = made.map(({ id }) => id) as [number, number];
  await sql.rows('insert into film_list_item (list, film, place, added_at) select $1, film, film, now() from unnest($2::integer[]) film', [
    filmList,
    films.slice(0, 5),
  ]);
  const list = ((await call('get', `/users/${viewer.handle}/recommendations`)).body as { list: string }).list;
  const interaction = { id: randomUUID(), user: viewer.handle, film: visible, kind: 'rating', stars: 4 };
  return {
    'get /experiments': { good: { query: { status: 'running' } }, bad: [['status', { query: { status: 'over' } }]] },
    'get /experiments/{id}/results': { ...ofExperiment, bad: badIds },
    'get /experiments/{id}/proof': { ...ofExperiment, bad: badIds },
    'post /experiments/{id}/proof': {
      good: { path: { id: draft }, body: {} },
      unknown: [{ path: { id: 99_999 } }],
      bad: [...badIds, ['version', { body: { version: 'x' } }], ['version', { body: { version: 1.5 } }], ['draft', { body: { draft: 1 } }]],
    },
    'get /experiments/{id}/units': {
      ...ofExperiment,
      bad: [
        ...badIds,
        ...['0', '1001', 'x'].map((limit): [string, Input] => ['limit', { query: { limit } }]),
        ['offset', { query: { offset: '-1' } }],
      ],
    },
    'get /films': {
      good: { query: { q: 'film number', limit: 5 } },
      bad: [...numbers('limit'), ...numbers('page'), ['q', { query: { q: 'x'.repeat(201) } }], ['q', { query: { q: ['a', 'b'] } }]],
    },
    'get /films/{id}': { good: { path: { id: visible } }, unknown: unknownFilms, bad: badIds },
    'get /films/{id}/reviews': {
      good: { path: { id: visible }, query: { order: 'newest', limit: 3 } },
      unknown: unknownFilms,
      bad: [...badIds, ...numbers('limit'), ...numbers('offset').slice(0, 3), ['order', { query: { order: 'longest' } }]],
    },
    'get /film-lists': {
      good: { query: { order: 'newest', limit: 3 } },
      bad: [...numbers('limit'), ...numbers('offset').slice(0, 3), ['order', { query: { order: 'longest' } }]],
    },
    'get /film-lists/{id}': {
      good: { path: { id: filmList }, query: { limit: 3 } },
      unknown: [{ path: { id: 2_147_483_647 } }, { path: { id: secretList } }],
      bad: [...badIds, ...numbers('limit')],
    },
    'get /films/{id}/similar': { good: { path: { id: visible }, query: { limit: 3 } }, unknown: unknownFilms, bad: [...badIds, ...numbers('limit')] },
    'get /users/{id}/history': {
      good: { path: { id: viewer.handle } },
      unknown: [...unknownUsers, { path: { id: 'visitor:never-seen' } }],
      bad: [...numbers('limit'), ...numbers('offset').slice(0, 3)],
    },
    'get /users/{id}/recommendations': {
      good: { path: { id: viewer.account }, query: { size: 3, surface: 'mail.weekly' } },
      unknown: unknownUsers,
      bad: [
        ...numbers('size'),
        ...numbers('offset').slice(0, 4),
        ['surface', { query: { surface: 'Mail weekly' } }],
        ['surface', { query: { surface: 'x'.repeat(41) } }],
        ['id', { path: { id: 'x'.repeat(121) } }],
      ],
    },
    'post /interactions': {
      good: { body: { interactions: [interaction] } },
      bad: [
        ['interactions', { body: {} }],
        ['interactions', { body: { interactions: [] } }],
        ['interactions', { body: { interactions: 'x' } }],
        ['role', { body: { interactions: [interaction], role: 'admin' } }],
      ],
    },
    'post /lists/{id}/clicks': {
      good: { path: { id: list }, body: { position: 0 } },
      unknown: [{ path: { id: randomUUID() } }, { body: { position: 99 } }],
      bad: [
        ['id', { path: { id: '7' } }],
        ...[-1, 1.5, '0', null, 40_000].map((position): [string, Input] => ['position', { body: { position } }]),
        ['unit', { body: { position: 0, unit: 1 } }],
      ],
    },
  };
}
