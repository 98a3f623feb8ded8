import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveEvent } from '../../plugins/experiments/console/live.ts';
import { eventsOf } from '../../plugins/experiments/events.ts';
import { experimentWith, type Experiment } from '../../plugins/experiments/model.ts';
import { Browser } from '../harness/app.ts';
import { bootSite, password, storeFilms, storeList, storeUnits, type Site } from './site.ts';

const secret = 'a secret that only tests use';
const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const hoursAgo = (n: number): Date => new Date(Date.now() - n * 3_600_000);

describe('what those outside of the site hear', () => {
  let site: Site, receiver: Server, films: number[], running: Experiment;
  let answers: number[];
  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  const now = async (): Promise<Experiment> => (await experimentWith(site.sql, running.id))!;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got.push({ headers: request.headers, body });
        response.writeHead(answers.shift() ?? 200).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    site = await bootSite();
    films = await storeFilms(site.sql, 12);
    const settings = { webhookUrl: `${addressOf(receiver)}/hook`, webhookSecret: secret, webhookInside: true };
    await site.settings.change('experiments', { settings, version: 0 }, null);
    await site.host.reconcile(await site.settings.wanted());
    const draft = await site.service.create(
      site.draft({
        metric: 'conversion',
        guardrails: [{ metric: 'ctr', margin: 0.05 }],
        ramp: [
          { coverage: 0.5, hours: 24 },
          { coverage: 1, hours: 0 },
        ],
      }),
      null,
    );
    running = await site.service.launch(draft.id, { version: 1, operator: null, at: hoursAgo(30) });
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await site.stop();
  });

  /** Lists of the arm, a tenth of whose films are clicked on, or as many as said. */
  async function visits(arm: string, viewers: number, clicks: (viewer: number) => number[]): Promise<void> {
    for (const [i, unit] of (await storeUnits(site.sql, viewers)).entries())
      await storeList(site.sql, running.id, films, { unit, arm, at: hoursAgo(20 - (i % 10)), films: 10, clicks: clicks(i) });
  }

  test('a guardrail that is significantly worse takes the arms back, with an audit row, and the webhook is told with a signature', async () => {
    await visits('control', 110, (i) => (i % 3 === 0 ? [0, 1] : [0]));
    await visits('b', 110, (i) => (i % 5 === 0 ? [0] : []));
    await expect(site.memoryJobs.run('experiments.steer')).resolves.toEqual({ moved: 1 });

    // The next step of the ramp was due, and was not taken.
    expect(await now()).toMatchObject({ status: 'paused', coverage: 0.5, rampStep: 0 });
    const [event, ...more] = await eventsOf(site.sql, running.id);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      kind: 'rolled-back',
      text: expect.stringMatching(/“Personal” is significantly worse in click rate: at best −\d+\.\d %, where 5\.0 % was allowed/),
      data: { worse: [{ metric: 'ctr', arm: 'b' }] },
    });
    expect(await site.sql.rows(`select operator, subject, after->>'status' as status from audit_log where action = 'experiment.roll-back'`)).toEqual([
      { operator: null, subject: `experiment ${running.id}`, status: 'paused' },
    ]);
    const [unit] = await storeUnits(site.sql, 1);
    const assigned = async () => (await site.recommender.open(unit!, new Date())).assignments;
    // The site follows by a notification of its own, some turns later.
    for (let tries = 0; tries < 200 && (await assigned()).length > 0; tries++) await new Promise((done) => setImmediate(done));
    expect(await assigned()).toEqual([]);

    const told = site.memoryJobs.queue.filter(({ name }) => name === 'experiments.webhook');
    expect(told).toMatchObject([{ payload: { event: event!.id } }]);
    answers = [503, 204];
    expect(site.memoryJobs.definitions.get('experiments.webhook')!.attempts).toBe(8);
    await expect(site.memoryJobs.run('experiments.webhook', told[0]!.payload)).rejects.toThrow('answered 503');
    await expect(site.memoryJobs.run('experiments.webhook', told[0]!.payload)).resolves.toEqual({ sent: true, status: 204 });

    expect(got).toHaveLength(2);
    for (const { headers, body } of got) {
      const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['x-marquee-signature'] as string)!;
      expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex'));
      expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(60);
      expect(headers['x-marquee-delivery']).toBe(String(event!.id));
      expect(JSON.parse(body)).toMatchObject({
        kind: 'rolled-back',
        text: event!.text,
        experiment: { id: running.id, name: 'More taste', status: 'paused' },
        data: { worse: [{ metric: 'ctr', arm: 'b' }] },
      });
    }
    const { agent } = await site.signedIn('manager');
    expect((await agent.get(`/admin/data/experiments/experiments/${running.id}`)).body).toMatchObject({
      deliveries: [
        { attempt: 2, status: 204 },
        { attempt: 1, status: 503 },
      ],
      history: [{ by: null, action: 'experiment.roll-back' }, { action: 'experiment.launch' }, { action: 'experiment.create' }],
    });
  });

  test('a page that is open hears over a real connection who is in it, and hears again when somebody comes', async () => {
    const server = site.http.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await site.signedIn('manager');
    const browser = new Browser(addressOf(server));
    await browser.signIn('manager@example.org', password);
    const { domain, path } = { domain: '127.0.0.1', path: '/' };
    const cookie = browser.agent.jar.getCookies({ domain, path, secure: false, script: false }).toValueString();
    const stream = get(`${addressOf(server)}/admin/data/experiments/experiments/${running.id}/live`, { headers: { cookie } });
    const [answer] = (await once(stream, 'response')) as [IncomingMessage];
    const events = eventsIn(answer);
    try {
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
      const viewersIn = async () => ((await events.next()).value as LiveEvent).arms.map(({ key, viewers }) => [key, viewers]);
      expect(await viewersIn()).toEqual([
        ['control', 110],
        ['b', 110],
      ]);
      await visits('b', 1, () => []);
      expect(await viewersIn()).toEqual([
        ['control', 110],
        ['b', 111],
      ]);
    } finally {
      stream.destroy();
      server.closeAllConnections();
      server.close();
    }
  });
});

/** What server-sent events say, as they come. */
async function* eventsIn(answer: IncomingMessage): AsyncGenerator<LiveEvent> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    const parts = (text + String(chunk)).split('\n\n');
    text = parts.pop()!;
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice('data: '.length)) as LiveEvent;
  }
}
