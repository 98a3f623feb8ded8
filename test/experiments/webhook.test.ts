import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordEvent } from '../../plugins/experiments/events.ts';
import { isPrivate } from '../../plugins/experiments/webhook/addresses.ts';
import { teller, webhookJob } from '../../plugins/experiments/webhook/job.ts';
import { signatureOf } from '../../plugins/experiments/webhook/send.ts';
import { silent } from '../../core/log.ts';
import { bootSite, type Site } from './site.ts';

const secret = 'a secret that only tests use';

describe('the webhook', () => {
  let site: Site, server: Server, url: string, status: number, event: number;
  const got: { headers: IncomingHttpHeaders; body: string; path: string | undefined }[] = [];

  beforeAll(async () => {
    site = await bootSite();
    const { id } = await site.service.create(site.draft(), null);
    event = await recordEvent(site.sql, { id, phase: 1 }, new Date('2026-03-01T12:00:00Z'), {
      kind: 'verdict',
      text: 'Ship “Personal”',
      data: { kind: 'good' },
    });
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got.push({ headers: request.headers, body, path: request.url });
        response.writeHead(status, { location: '/elsewhere' }).end('thanks');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=hidden`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await site.stop();
  });
  beforeEach(async () => {
    got.length = 0;
    status = 204;
    await site.sql.rows('delete from experiment_delivery');
  });
  const deliver = (target: object = {}) =>
    webhookJob(site.sql, { url, secret, inside: true, ...target }).run({
      id: 1,
      payload: { event },
      signal: new AbortController().signal,
      progress() {},
      log: silent,
    });
  const deliveries = () => site.sql.rows('select attempt, url, status, error from experiment_delivery order by id');

  test('gets the event, signed, and the delivery is written down without the address’s query', async () => {
    await expect(deliver()).resolves.toEqual({ sent: true, status: 204 });
    const [{ headers, body, path }] = got as [(typeof got)[number]];
    expect(path).toBe('/hook?key=hidden');
    expect(JSON.parse(body)).toMatchObject({
      id: event,
      kind: 'verdict',
      text: 'Ship “Personal”',
      experiment: { name: 'More taste', status: 'draft' },
    });
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['x-marquee-signature'] as string)!;
    expect(signature).toBe(signatureOf(secret, Number(time), body));
    expect(signature).not.toBe(signatureOf('another secret', Number(time), body));
    expect(headers['x-marquee-delivery']).toBe(String(event));
    expect(await deliveries()).toEqual([{ attempt: 1, url: url.replace('?key=hidden', ''), status: 204, error: '' }]);
  });

  test('is tried again when it fails: the job fails, and each attempt is written down', async () => {
    status = 500;
    await expect(deliver()).rejects.toThrow('answered 500');
    status = 200;
    await deliver();
    expect(await deliveries()).toMatchObject([
      { attempt: 1, status: 500, error: 'The webhook answered 500.' },
      { attempt: 2, status: 200, error: '' },
    ]);
  });

  test('a redirect is not followed', async () => {
    status = 302;
    await expect(deliver()).rejects.toThrow('answered 302');
    expect(got).toHaveLength(1);
  });

  test('private addresses are refused unless they are allowed, by number and by name', async () => {
    const port = new URL(url).port;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '[::ffff:127.0.0.1]'])
      await expect(deliver({ url: `http://${host}:${port}/`, inside: false })).rejects.toThrow(/private address/);
    expect(got).toEqual([]);
    expect((await deliveries()).length).toBe(5);
  });

  test('which addresses are private', () => {
    for (const address of [
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '::1',
      '::',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
    ])
      expect([address, isPrivate(address)]).toEqual([address, true]);
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])
      expect([address, isPrivate(address)]).toEqual([address, false]);
  });

  test('without a secret nothing is sent; without an address nothing is enqueued', async () => {
    await expect(deliver({ secret: '' })).rejects.toThrow(/no secret/);
    await expect(deliver({ url: '' })).resolves.toEqual({ sent: false });
    const before = site.memoryJobs.queue.length;
    await teller(site.memoryJobs, { url: '', secret, inside: false })(site.sql, event);
    expect(site.memoryJobs.queue.length).toBe(before);
    await teller(site.memoryJobs, { url, secret, inside: false })(site.sql, event);
    expect(site.memoryJobs.queue.at(-1)).toMatchObject({ name: 'experiments.webhook', payload: { event } });
  });

  test('its settings are checked', async () => {
    const save = (settings: Record<string, unknown>) => site.settings.change('experiments', { settings, version: 0 }, null as never);
    for (const settings of [{ webhookUrl: 'ftp://example.org/' }, { webhookUrl: 'nowhere' }, { webhookSecret: 'short' }])
      await expect(save(settings)).rejects.toMatchObject({ status: 422, fields: { [Object.keys(settings)[0]!]: expect.any(String) } });
    for (const settings of [{ webhookUrl: 'https://example.org/hook' }, { webhookUrl: 'https://example.org/hook', webhookSecret: '' }])
      await expect(save(settings)).rejects.toMatchObject({ status: 422, fields: { webhookSecret: expect.stringContaining('must be set') } });
    // One that was accepted before never sent anything.
    const stored = (settings: object) =>
      site.sql.rows(
        `insert into plugin_state (id, enabled, settings, version) values ('experiments', true, $1, 0) on conflict (id) do update set settings = excluded.settings`,
        [JSON.stringify(settings)],
      );
    await stored({ keepDays: 40, webhookUrl: 'https://example.org/hook' });
    await site.sql.rows(await readFile(new URL('../../plugins/experiments/migrations/016-webhook-with-secret.sql', import.meta.url), 'utf8'));
    expect((await site.settings.state('experiments')).settings).toEqual({ keepDays: 40 });
    await stored({});
  });

  test('its secret reaches neither the browser nor the audit log', async () => {
    const { agent } = await site.signedIn('manager');
    await site.settings.change('experiments', { settings: { webhookUrl: 'https://example.org/hook', webhookSecret: secret }, version: 0 }, null);
    const { body } = await agent.get('/admin/data/core/plugins'),
      view = (body.plugins as { id: string; settings: { name: string; type: string }[]; wanted: object }[]).find(({ id }) => id === 'experiments')!;
    expect(view.settings).toContainEqual(expect.objectContaining({ name: 'webhookSecret', type: 'secret' }));
    expect(view.wanted).toEqual({ webhookUrl: 'https://example.org/hook', webhookSecret: true });
    const log = await site.sql.rows("select before, after from audit_log where subject = 'plugin experiments'");
    expect(log).toHaveLength(1);
    expect(JSON.stringify([body, log])).not.toContain(secret);
  });

  test('the audit log forgets secrets that it was told before', async () => {
    const told = (settings: object) => JSON.stringify({ enabled: true, settings });
    await site.sql.rows("insert into audit_log (action, subject, before, after) values ('plugin.settings', 'plugin experiments', $1, $2)", [
      told({ keepDays: 40 }),
      told({ keepDays: 50, webhookSecret: secret }),
    ]);
    await site.sql.rows(await readFile(new URL('../../plugins/experiments/migrations/013-webhook-secret.sql', import.meta.url), 'utf8'));
    expect(await site.sql.one('select before, after from audit_log order by id desc limit 1')).toEqual({
      before: { enabled: true, settings: { keepDays: 40 } },
      after: { enabled: true, settings: { keepDays: 50, webhookSecret: true } },
    });
    await expect(site.sql.rows('update audit_log set action = action')).rejects.toThrow(/append-only/);
  });
});
