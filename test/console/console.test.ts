import { settingsOf } from '../../core/console/routes/plugins.ts';
import { consoleBench, operator, type ConsoleBench, type Requests } from './fixture/console.ts';
import { gadgetData, gadgets } from './fixture/gadgets.ts';

let bench: ConsoleBench, manager: Requests, admin: Requests;
beforeAll(async () => {
  bench = await consoleBench();
  manager = bench.as('manager');
  admin = bench.as('admin');
});
afterAll(() => bench.stop());
beforeEach(async () => {
  bench.told.length = 0;
  await bench.sql.rows('truncate gadget restart identity');
  await bench.sql.rows(`insert into gadget (name, facts) values ('lamp', '{"watts": 0.5}'), ('clock', null)`);
});

const api = '/admin/api/resources/gadget',
  edit = (id: number | string) => `${api}/records/${id}/edit`;
const gadget = (id: number) => bench.sql.one<Record<string, unknown>>('select * from gadget where id = $1', [id]);
const trail = () =>
  bench.sql.rows<{ operator: number; action: string; subject: string; before: unknown; after: unknown }>(
    'select operator, action, subject, before, after from audit_log order by id',
  );
/** what AdminJS's form shows beside its inputs */
const messages = (body: { record: { errors: Record<string, { message: string }> } }) =>
  Object.fromEntries(Object.entries(body.record.errors).map(([name, { message }]) => [name, message]));

describe('who may come in', () => {
  test('nobody without an account: pages lead to the sign-in, programs get 401', async () => {
    const page = await bench.as(undefined).get('/admin/pages/jobs').set('accept', 'text/html');
    expect([page.status, page.headers['location']]).toEqual([303, '/sign-in?next=%2Fadmin%2Fpages%2Fjobs']);
    for (const path of [`${api}/actions/list`, '/admin/data/core/jobs', '/admin/data/gadgets/answer']) {
      const answer = await bench.as(undefined).get(path);
      expect([answer.status, answer.body.error.code]).toEqual([401, 'SIGN_IN']);
    }
  });

  test('viewers get 403 everywhere', async () => {
    for (const path of ['/admin', `${api}/actions/list`, '/admin/data/core/plugins', '/admin/frontend/assets/styles/frame.css']) {
      expect((await bench.as('viewer').get(path)).status).toBe(403);
    }
  });

  test('a page has the nonce on every script, no foreign host, and of the operator only id and role', async () => {
    const { status, text } = await manager.get('/admin');
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script(?! nonce="bm9uY2U=")[\s>]/);
    expect(text).not.toContain('googleapis');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('alert(2)');
    expect(text).toContain(`"session":{"id":"${operator}","role":"manager"}`);
  });

  test('requests from other sites are refused, to read and to write', async () => {
    expect((await manager.get(`${api}/actions/list`).set('sec-fetch-site', 'cross-site')).status).toBe(403);
    expect((await manager.form(edit(1), { name: 'stolen' }).set('sec-fetch-site', 'cross-site')).status).toBe(403);
    expect((await manager.form(edit(1), { name: 'stolen' }).unset('sec-fetch-site').set('origin', 'https://evil.example')).status).toBe(403);
    expect((await manager.post('/admin/data/core/plugins/gadgets', { version: 0, enabled: false }).unset('sec-fetch-site')).status).toBe(403);
    expect(await gadget(1)).toMatchObject({ name: 'lamp' });
  });

  test('GET changes nothing', async () => {
    for (const path of [`${api}/records/1/delete`, `${api}/actions/new?name=x`, `${api}/bulk/bulkDelete?recordIds=1`]) {
      expect((await admin.get(path)).status).toBeGreaterThanOrEqual(403);
    }
    await admin.get(`${edit(1)}?name=stolen`);
    expect(await bench.sql.rows('select name from gadget order by id')).toEqual([{ name: 'lamp' }, { name: 'clock' }]);
  });

  test('what is not granted is refused: bulk actions to all, deleting to managers, pages and records of others', async () => {
    expect((await admin.form(`${api}/bulk/bulkDelete?recordIds=1,2`, {})).status).toBe(404);
    expect((await manager.form(`${api}/records/1/delete`, {})).status).toBe(403);
    expect((await manager.form('/admin/api/resources/audit_log/records/1/edit', { action: 'x' })).status).toBe(403);
    expect((await manager.form(`${api}/records/1/constructor`, {})).status).toBe(403);
    expect((await manager.get('/admin/pages/tokens')).status).toBe(404);
    expect((await manager.get('/admin/data/api/tokens')).status).toBe(403);
    expect((await manager.get('/admin/api/resources/session/actions/list')).status).toBe(404);
    expect(await bench.sql.rows('select from gadget')).toHaveLength(2);
  });
});

describe('changing records', () => {
  test('only white-listed columns are written, and only declared ones are told', async () => {
    const answer = await manager.form(edit(1), {
      name: 'torch',
      secret: 'known',
      owner: '99',
      id: '2',
      __proto__: 'x',
      'constructor.prototype': 'x',
    });
    expect(answer.body).toMatchObject({ notice: { type: 'success' } });
    expect(await gadget(1)).toMatchObject({ name: 'torch', secret: 'hush', owner: 1 });
    expect(await gadget(2)).toMatchObject({ name: 'clock' });
    expect(JSON.stringify((await manager.get(`${api}/records/1/show`)).body)).not.toContain('hush');
    expect(JSON.stringify((await manager.get(`${api}/actions/list`)).body)).not.toContain('secret');
  });

  test('change, audit row and news are one', async () => {
    const before = (await trail()).length;
    await manager.form(edit(1), { size: '5', facts: '{"watts": 0.25}', labels: 'a\nb' });
    expect((await trail()).slice(before)).toEqual([
      {
        operator,
        action: 'gadget.update',
        subject: 'gadget 1',
        before: { size: 1, facts: { watts: 0.5 }, labels: [] },
        after: { size: 5, facts: { watts: 0.25 }, labels: ['a', 'b'] },
      },
    ]);
    expect(bench.told).toEqual(['gadgets 1']);
    await manager.form(edit(1), { size: '5' });
    expect(await trail()).toHaveLength(before + 1);
  });

  test('a change that cannot be audited does not happen', async () => {
    await bench.sql.rows(`create function no_audit() returns trigger language plpgsql as 'begin raise exception ''no space''; end'`);
    await bench.sql.rows('create trigger no_audit before insert on audit_log for each row execute function no_audit()');
    try {
      await manager.form(edit(1), { name: 'torch' });
      await manager.form(`${api}/actions/new`, { name: 'new' });
      await admin.form(`${api}/records/2/delete`, {});
    } finally {
      await bench.sql.rows('drop trigger no_audit on audit_log');
    }
    expect(await bench.sql.rows('select name from gadget order by id')).toEqual([{ name: 'lamp' }, { name: 'clock' }]);
  });

  test('new and deleted records are audited', async () => {
    const before = (await trail()).length;
    const made = await manager.form(`${api}/actions/new`, { name: 'kettle', colour: 'blue' });
    expect(made.body).toMatchObject({ notice: { type: 'success' } });
    const id = Number(made.body.record.params.id);
    await admin.form(`${api}/records/${id}/delete`, {});
    expect((await trail()).slice(before)).toMatchObject([
      { action: 'gadget.create', subject: `gadget ${id}`, after: { name: 'kettle', colour: 'blue' } },
      { action: 'gadget.delete', subject: `gadget ${id}`, before: { name: 'kettle', colour: 'blue' } },
    ]);
  });

  test.each([
    [{ size: 'abc' }, 'size'],
    [{ size: '2147483648' }, 'size'],
    [{ size: '101' }, 'size'],
    [{ price: '1e309' }, 'price'],
    [{ price: 'NaN' }, 'price'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(41) }, 'name'],
    [{ colour: 'green' }, 'colour'],
    [{ facts: '{' }, 'facts'],
    [{ name: 'clock' }, 'name'],
  ])('%j gets a message beside %s and changes nothing', async (fields, name) => {
    const before = await gadget(1);
    const { body } = await manager.form(edit(1), fields);
    expect(Object.keys(messages(body))).toEqual([name]);
    expect(await gadget(1)).toEqual(before);
  });

  test('what the database refuses is said without SQL', async () => {
    expect((await manager.form(edit(1), { name: 'forbidden' })).body.notice.message).toMatch(/out of its bounds/);
    await bench.sql.rows(`update gadget set name = 'immortal' where id = 2`);
    expect((await admin.form(`${api}/records/2/delete`, {})).body.notice.message).toBe('This gadget is needed.');
  });

  test('an edit of what somebody else changed meanwhile is refused', async () => {
    const { updated_at: seen } = (await manager.get(`${api}/records/1/show`)).body.record.params as { updated_at: string };
    await manager.form(edit(1), { name: 'torch', updated_at: seen });
    const late = await manager.form(edit(1), { name: 'candle', updated_at: seen });
    expect(late.body.notice).toMatchObject({ type: 'error', message: expect.stringContaining('Somebody else') as unknown });
    expect(await gadget(1)).toMatchObject({ name: 'torch' });
  });

  test('files, large forms, NUL and unreadable bodies are refused', async () => {
    expect((await manager.form(edit(1), {}).attach('name', Buffer.from('x'), 'x.txt')).status).toBe(400);
    expect((await manager.form(edit(1), { name: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await manager.form(edit(1), { name: 'a\0b' })).status).toBe(400);
    expect((await manager.post(edit(1), {}).set('content-type', 'multipart/form-data; boundary=x').send('junk')).status).toBe(400);
  });
});

describe('reading lists', () => {
  test.each([
    'sortBy=secret',
    'sortBy=name;drop',
    'direction=up',
    'filters.secret=hush',
    'filters.size=abc',
    'filters.name=a%00b',
    'page=-1',
    'perPage=NaN',
    'sortBy=id&sortBy=name',
    'filters.facts=x',
  ])('%s is refused without SQL', async (query) => {
    const { status, body } = await manager.get(`${api}/actions/list?${query}`);
    expect([status, body.error.code]).toEqual([400, 'BAD_REQUEST']);
    expect(JSON.stringify(body)).not.toMatch(/select|column .* does not exist|at /i);
  });

  test('a page holds at most a hundred', async () => {
    await bench.sql.rows(`insert into gadget (name) select 'many ' || n from generate_series(1, 150) n`);
    const { body } = await manager.get(`${api}/actions/list?perPage=1000000`);
    expect(body.records).toHaveLength(100);
    expect((await manager.get(`${api}/actions/search?perPage=1000000`)).body.records).toHaveLength(100);
  });

  test('filters find text anywhere, wildcards stand for themselves', async () => {
    const found = async (query: string) =>
      ((await manager.get(`${api}/actions/list?${query}`)).body.records as { title: string }[]).map(({ title }) => title);
    expect(await found('filters.name=LAM')).toEqual(['lamp']);
    expect(await found('filters.name=%25')).toEqual([]);
    expect(await found('filters.colour=red&sortBy=name&direction=asc')).toEqual(['clock', 'lamp']);
  });

  test.each([
    ['abc', 404],
    ['-1', 404],
    ['0', 404],
    ['2147483648', 404],
    ['99', 404],
    ['1%00', 400],
    ['%ff', 400],
  ])('record %s: %d', async (id, status) => {
    expect((await manager.get(`${api}/records/${id}/show`)).status).toBe(status);
  });
});

test('a plugin that is off takes its records, pages and data with it', async () => {
  bench.status.set('gadgets', 'off');
  bench.routes.delete('gadgets');
  const gone = await Promise.all(
    [`${api}/actions/list`, '/admin/pages/gadgets', '/admin/resources/gadget', '/admin/data/gadgets/answer'].map((path) => manager.get(path)),
  );
  expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  bench.status.set('gadgets', 'on');
  bench.routes.set('gadgets', gadgetData);
  expect((await manager.get('/admin/pages/gadgets')).status).toBe(200);
});

describe('data of pages', () => {
  test('errors are JSON with fields, faults tell nothing', async () => {
    const wrong = await manager.post('/admin/data/gadgets/wrong', {});
    expect([wrong.status, wrong.body.error]).toMatchObject([422, { code: 'INVALID', fields: { size: 'is too large' } }]);
    const fault = await manager.get('/admin/data/gadgets/fault');
    expect([fault.status, fault.body.error.code]).toEqual([500, 'FAULT']);
    expect(fault.text).not.toMatch(/secret|\.ts/);
  });

  test('malformed and large bodies are refused', async () => {
    const send = (text: string) => manager.post('/admin/data/gadgets/wrong', {}).set('content-type', 'application/json').send(text);
    expect((await send('{"a":')).status).toBe(400);
    expect((await send(JSON.stringify({ a: 'x'.repeat(120_000) }))).status).toBe(413);
  });

  test('plugins can be switched and set; stale, wrong and unknown ones are refused', async () => {
    const change = (body: object) => manager.post('/admin/data/core/plugins/gadgets', body);
    expect((await change({ version: 0, settings: { halfLifeDays: 0 } })).body.error.fields).toHaveProperty('halfLifeDays');
    expect((await change({ version: 0, settings: { unknown: 1 } })).status).toBe(422);
    expect((await change({ version: 0, settings: { halfLifeDays: 7 } })).status).toBe(200);
    expect((await change({ version: 0, enabled: false })).body.error.code).toBe('STALE');
    expect((await manager.post('/admin/data/core/plugins/nothing', { version: 0, enabled: false })).status).toBe(404);
    expect((await manager.get('/admin/data/core/plugins')).body.plugins[0]).toMatchObject({ id: 'gadgets', wanted: { halfLifeDays: 7 }, version: 1 });
    expect((await trail()).at(-1)).toMatchObject({ operator, action: 'plugin.settings', subject: 'plugin gadgets' });
  });

  test('a secret is stored and never shown: not on the page, not in the audit log', async () => {
    const version = async () => (await manager.get('/admin/data/core/plugins')).body.plugins[0].version as number;
    const change = async (settings: object) => manager.post('/admin/data/core/plugins/gadgets', { version: await version(), settings });
    const stored = () => bench.sql.one("select settings from plugin_state where id = 'gadgets'");
    expect((await change({ key: 'short' })).body.error.fields).toHaveProperty('key');
    expect((await change({ mode: 'careful', key: 'first of the keys' })).status).toBe(200);
    expect((await trail()).at(-1)).toMatchObject({ after: { settings: { mode: 'careful', key: 'changed' } } });
    const shown = await manager.get('/admin/data/core/plugins');
    expect(shown.body.plugins[0].wanted).toEqual({ mode: 'careful', key: true });
    // An empty field, and one that is not sent, leave it as it is.
    for (const settings of [{ key: '' }, { loud: true }]) {
      expect((await change(settings)).status).toBe(200);
      expect(await stored()).toEqual({ settings: { key: 'first of the keys', ...('loud' in settings && settings) } });
      expect((await trail()).at(-1)).toMatchObject({ before: { settings: { key: true } }, after: { settings: { key: true } } });
    }
    expect((await change({ key: 'second of the keys' })).status).toBe(200);
    expect((await trail()).at(-1)).toMatchObject({ before: { settings: { key: true } }, after: { settings: { key: 'changed' } } });
    expect((await change({ key: null })).status).toBe(200);
    expect(await stored()).toEqual({ settings: {} });
    expect((await trail()).at(-1)).toMatchObject({ before: { settings: { key: true } }, after: { settings: {} } });
    expect(JSON.stringify([await trail(), shown.body])).not.toContain('of the keys');
  });

  test('a settings form comes from the schema', () => {
    expect(settingsOf(gadgets)).toEqual([
      {
        name: 'halfLifeDays',
        type: 'integer',
        title: 'Half life days',
        description: 'How fast gadgets fade',
        default: 30,
        min: 1,
        max: 365,
        choices: null,
      },
      { name: 'mode', type: 'choice', title: 'Mode', description: null, default: 'fast', min: null, max: null, choices: ['fast', 'careful'] },
      { name: 'loud', type: 'boolean', title: 'Loud', description: null, default: false, min: null, max: null, choices: null },
      { name: 'key', type: 'secret', title: 'Key', description: 'What gadgets sign with', default: null, min: 8, max: null, choices: null },
    ]);
  });

  test('blends are made, saved and made the default; wrong weights and stale edits are refused', async () => {
    const spec = (weight: number) => ({ weights: { svd: weight }, normalisation: 'standard', diversity: 0 });
    const made = await manager.post('/admin/data/core/blends', { name: 'First', spec: spec(1) });
    const { blend, id } = made.body as { blend: number; id: number };
    const save = (base: number, body: object) => manager.post(`/admin/data/core/blends/${blend}/versions`, { base, note: 'why', ...body });
    expect((await save(id, { spec: spec(-1) })).body.error.fields).toHaveProperty(['weights.svd']);
    expect((await save(id, { spec: spec(0) })).body.error.fields).toHaveProperty('weights');
    expect((await save(id, { spec: spec(2) })).status).toBe(201);
    expect((await save(id, { spec: spec(3) })).body.error.code).toBe('STALE');
    const [first] = (await manager.get('/admin/data/core/blends')).body.blends as { isDefault: boolean; versions: object[] }[];
    expect(first).toMatchObject({ isDefault: true, versions: [{ version: 2, note: 'why', by: `account ${operator}` }, { version: 1 }] });
  });

  test('the overview has the figures of plugins that are on', async () => {
    expect((await manager.get('/admin/data/core/overview')).body.figures).toEqual([{ label: 'Gadgets', value: 3 }]);
  });

  test('tokens are shown once, to administrators', async () => {
    const { token } = (await admin.post('/admin/data/api/tokens', { name: 'script', scope: 'read' })).body as { token: string };
    const list = await admin.get('/admin/data/api/tokens');
    expect(list.body.tokens[0]).toMatchObject({ name: 'script', hint: token.slice(-4) });
    expect(list.text).not.toContain(token);
    expect((await manager.post('/admin/data/api/tokens', { name: 'script', scope: 'write' })).status).toBe(403);
  });
});
