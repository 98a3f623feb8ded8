import { Router } from 'express';
import { once } from 'node:events';
import { definePlugin } from '../../core/plugin.ts';
import { AppError } from '../../core/errors.ts';
import { Pages } from '../../core/services.ts';
import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';

/** Routes that wait until they are told to answer. */
const waiting: (() => void)[] = [];
const fixture = definePlugin({
  id: 'fixture',
  title: 'Fixture',
  description: 'For these tests',
  requires: { pages: Pages },
  setup: () => ({
    routes: Router()
      .get('/fixture', (_request, response) => void response.type('text').send('here'))
      .get('/fixture/slow', (_request, response) => void waiting.push(() => response.type('text').send('slow')))
      .get('/fixture/fault', () => {
        throw new Error('select secret from vault');
      })
      .get('/fixture/named', () => {
        throw new AppError('TEAPOT', 418, 'Tea only.');
      })
      .post('/fixture', (_request, response) => void response.json({ stored: true })),
  }),
});

let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts, fixture] });
});
afterAll(() => app.stop());

describe('a toggle', () => {
  test('takes routes away and brings them back, without a restart', async () => {
    const browser = app.browser();
    expect((await browser.get('/fixture')).status).toBe(200);
    await app.settings.change('fixture', { enabled: false, version: 0 }, null);
    await app.host.reconcile(await app.settings.wanted());
    expect((await browser.get('/fixture')).status).toBe(404);
    await app.settings.change('fixture', { enabled: true, version: 1 }, null);
    await app.host.reconcile(await app.settings.wanted());
    expect((await browser.get('/fixture')).status).toBe(200);
  });

  test('lets requests in flight finish', async () => {
    const server = app.http.listen(0);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const answer = fetch(`http://127.0.0.1:${port}/fixture/slow`);
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const off = app.host.reconcile(new Map([['accounts', {}]]));
    waiting.pop()!();
    await off;
    expect(await (await answer).text()).toBe('slow');
    await app.host.reconcile(await app.settings.wanted());
    server.close();
  });

  test('is followed by another process through the database', async () => {
    const other = await bootApp({ plugins: [accounts, fixture], databaseUrl: app.databaseUrl });
    const followed = new Promise<void>((resolve) => {
      other.bus.on('plugins', () => resolve());
    });
    const { version } = await app.settings.state('fixture');
    await app.settings.change('fixture', { enabled: false, version }, null);
    await followed;
    await other.host.reconcile(await other.settings.wanted());
    expect((await other.browser().get('/fixture')).status).toBe(404);
    await app.settings.change('fixture', { enabled: true, version: version + 1 }, null);
    await other.stop();
  });

  test('is refused for required plugins, stale versions and unknown plugins, and audited otherwise', async () => {
    await expect(app.settings.change('accounts', { enabled: false, version: 0 }, null)).rejects.toMatchObject({ status: 409 });
    await expect(app.settings.change('fixture', { enabled: false, version: 0 }, null)).rejects.toMatchObject({ code: 'STALE' });
    await expect(app.settings.change('nobody', { enabled: false, version: 0 }, null)).rejects.toMatchObject({ status: 404 });
    const rows = await app.sql.rows<{ action: string }>(`select action from audit_log where subject = 'plugin fixture' order by id`);
    expect(rows.map(({ action }) => action).slice(0, 2)).toEqual(['plugin.disable', 'plugin.enable']);
    await expect(app.sql.rows('update audit_log set action = $1', ['nothing'])).rejects.toThrow('append-only');
  });
});

describe('forms from elsewhere', () => {
  const send = async (headers: Record<string, string>, token?: string) => {
    const browser = app.browser();
    const csrf = token ?? (await browser.token('/sign-in'));
    return (await browser.agent.post('/fixture').set(headers).type('form').send({ csrf })).status;
  };
  test.each([
    ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['an address bar', { 'sec-fetch-site': 'none' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the origin null', { origin: 'null' }],
  ])('%s is refused even with the right token', async (_what, headers) => expect(await send(headers)).toBe(403));
  test('the right token from the own origin passes', async () => expect(await send({ 'sec-fetch-site': 'same-origin' })).toBe(200));
  test('a token of another browser, an empty one and none are refused', async () => {
    const foreign = await app.browser().token('/sign-in');
    expect(await send({}, foreign)).toBe(403);
    expect(await send({}, '')).toBe(403);
    expect((await app.browser().agent.post('/fixture')).status).toBe(403);
  });
  test('JSON without a proven origin is refused', async () => {
    expect((await app.browser().agent.post('/fixture').send({ a: 1 })).status).toBe(403);
    expect((await app.browser().agent.post('/fixture').set('sec-fetch-site', 'same-origin').send({ a: 1 })).status).toBe(200);
  });
});

describe('what goes wrong', () => {
  test('a fault shows a page with the request and neither stack nor SQL', async () => {
    const { status, text, headers } = await app.browser().get('/fixture/fault');
    expect(status).toBe(500);
    expect(text).toContain(headers['x-request-id']);
    expect(text).not.toMatch(/vault|at .*\.ts/);
  });
  test('our own errors keep status and message, as page and as JSON', async () => {
    expect((await app.browser().get('/fixture/named')).text).toContain('Tea only.');
    const json = await app.browser().agent.get('/fixture/named').set('accept', 'application/json');
    expect(json.body.error).toMatchObject({ code: 'TEAPOT', message: 'Tea only.' });
  });
  test.each([
    ['/%ff', 400],
    ['/nowhere', 404],
    ['/%00', 400],
    ['/fixture?q=%00', 400],
    ['/?q=%e0%a4', 400],
  ])('%s answers %i', async (path, status) => {
    expect((await app.browser().get(path)).status).toBe(status);
  });
  test('a malformed body and a huge one are refused', async () => {
    const post = () => app.browser().agent.post('/fixture').set('sec-fetch-site', 'same-origin').set('content-type', 'application/json');
    expect((await post().send('{"a":')).status).toBe(400);
    expect((await post().send(JSON.stringify({ a: 'x'.repeat(200_000) }))).status).toBe(413);
  });
  test('an unknown host is refused', async () => {
    expect((await app.browser().agent.get('/').set('host', 'evil.example')).status).toBe(400);
    expect((await app.browser().agent.get('/healthz').set('host', 'evil.example')).status).toBe(200);
  });
});

test('every answer carries the security headers, with a nonce of its own', async () => {
  const seen = new Set<string>();
  for (const path of ['/sign-in', '/nowhere', '/fixture/fault']) {
    const { headers } = await app.browser().get(path);
    const policy = headers['content-security-policy'] as string;
    expect(policy).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    seen.add(/'nonce-([^']+)'/.exec(policy)![1]!);
  }
  expect(seen.size).toBe(3);
});

test('health tells what is missing, metrics stay inside', async () => {
  const ready = await app.browser().agent.get('/readyz');
  expect([ready.status, ready.body.waiting]).toEqual([503, ['no model is in service yet']]);
  expect((await app.browser().agent.get('/metrics')).text).toContain('marquee_http_request_seconds');
  expect((await app.browser().agent.get('/metrics').set('x-forwarded-for', '8.8.8.8')).status).toBe(404);
});
