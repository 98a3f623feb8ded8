import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { mailerOf } from '../../config/mail.ts';
import { sendAgain } from '../../plugins/accounts/letters/again.ts';
import { Mail } from '../../core/services.ts';
import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';
import { isSignedIn, member, password } from './site.ts';

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly text: string;
}
/** A mail server on a socket of this machine; what `refuse` names is answered with its code. */
class MailServer {
  readonly letters: Received[] = [];
  refuse: number | undefined;
  readonly #server: SMTPServer;
  readonly #waiting: (() => void)[] = [];

  constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      disableReverseLookup: true,
      onRcptTo: (_address, _session, done) =>
        done(this.refuse ? Object.assign(new Error('No such mailbox'), { responseCode: this.refuse }) : undefined),
      onAuth: ({ username, password: given }, _session, done) =>
        given === 'the right one' ? done(null, { user: username }) : done(new Error('Wrong password')),
      onData: (stream, { secure, user, envelope }, done) =>
        void text(stream).then((body) => {
          // Soft line breaks of quoted-printable, which long links have.
          const unfolded = body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
          this.letters.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            secure,
            user: user as string | undefined,
            text: unfolded,
          });
          done();
          this.#waiting.splice(0).forEach((go) => go());
        }),
      ...options,
    });
    this.#server.on('error', () => {});
  }
  async start(port = 0): Promise<number> {
    const { server } = this.#server;
    this.#server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  stop = (): Promise<void> => new Promise((resolve) => this.#server.close(() => resolve()));
  async next(): Promise<Received> {
    while (this.letters.length === 0) await new Promise<void>((go) => this.#waiting.push(go));
    return this.letters.shift()!;
  }
}

const open = new MailServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] }),
  guarded = new MailServer({ authMethods: ['PLAIN'] });
let port: number, guardedPort: number, app: Booted;
beforeAll(async () => {
  [port, guardedPort] = [await open.start(), await guarded.start()];
  app = await bootApp({ plugins: [accounts], mailer: mailerOf({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Marquee <films@example.org>' }) });
});
beforeEach(() => {
  open.refuse = undefined;
});
afterAll(async () => {
  await app.stop();
  await open.stop();
  await guarded.stop();
});
afterEach(() => app.sql.rows('delete from unsent_letter'));

const ask = (site: Booted, email: string) => site.browser().post('/forgot', { email }, '/forgot');
interface Unsent {
  readonly id: number;
  readonly recipient: string;
  readonly body: string;
  readonly problem: string;
  readonly tries: number;
  readonly next: number | null;
}
async function unsent(site: Booted = app): Promise<Unsent[]> {
  return site.sql.rows<Unsent>(
    `select id, recipient, body, problem, tries, extract(epoch from next_try - at)::integer as next from unsent_letter order by id`,
  );
}
/** The letter is sent behind the answer, so its fate is waited for. */
async function waiting(site: Booted = app): Promise<Unsent> {
  for (;;) {
    const [letter] = await unsent(site);
    if (letter) return letter;
    await new Promise(setImmediate);
  }
}
const due = (): Promise<object[]> => app.sql.rows(`update unsent_letter set next_try = now() - interval '1 second' where next_try is not null`);

test('a letter goes over a socket to the server, and its link to a new password that ends other sessions', async () => {
  const { browser, email } = await member(app);
  await ask(app, email);
  const letter = await open.next();
  expect(letter).toMatchObject({ from: 'films@example.org', to: [email], secure: false });
  const link = /(\/reset\?link=[\w-]{43})\s/.exec(letter.text)![1]!,
    other = app.browser();
  const changed = await other.post('/reset', { link: link.slice(-43), password: 'nine loud foghorns' }, link);
  expect(changed.headers['location']).toBe('/sign-in?changed=password');
  expect([await isSignedIn(browser), (await app.browser().signIn(email, password)).status]).toEqual([false, 422]);
  expect((await app.browser().signIn(email, 'nine loud foghorns')).status).toBe(303);
  expect(await unsent()).toEqual([]);
});

test('a server that wants STARTTLS and a password gets both', async () => {
  const url = (secret: string): string => `smtp://films:${encodeURIComponent(secret)}@127.0.0.1:${guardedPort}?tls.rejectUnauthorized=false`;
  const letter = { to: 'nora@example.org', subject: 'Grüße', text: 'Hello.' };
  await mailerOf({ SMTP_URL: url('the right one'), MAIL_FROM: 'films@example.org' }).send(letter);
  expect(await guarded.next()).toMatchObject({ to: ['nora@example.org'], secure: true, user: 'films' });
  await expect(mailerOf({ SMTP_URL: url('a wrong one'), MAIL_FROM: 'films@example.org' }).send(letter)).rejects.toMatchObject({ code: 'EAUTH' });
  // The certificate is the server's own, which nobody vouches for.
  await expect(mailerOf({ SMTP_URL: url('the right one').split('?')[0], MAIL_FROM: 'films@example.org' }).send(letter)).rejects.toMatchObject({
    code: 'ESOCKET',
  });
});

test('a refused letter waits for an operator and is not sent by itself; sent again it goes', async () => {
  const { email, id } = await member(app);
  open.refuse = 550;
  expect((await ask(app, email)).status).toBe(200);
  const letter = await waiting();
  expect(letter).toMatchObject({ recipient: email, problem: expect.stringContaining('No such mailbox'), tries: 1, next: null });
  await app.memoryJobs.run('accounts.letters');
  expect(await unsent()).toEqual([letter]);
  await expect(sendAgain(app.sql, app.host.find(Mail)!, letter.id, id, new Date())).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('No such mailbox'),
  });
  open.refuse = undefined;
  await sendAgain(app.sql, app.host.find(Mail)!, letter.id, id, new Date());
  expect((await open.next()).text).toContain(/link=[\w-]{43}/.exec(letter.body)![0]);
  expect(await unsent()).toEqual([]);
  expect(await app.sql.rows(`select after from audit_log where action = 'letter.send' order by id`)).toEqual([
    { after: { sent: false } },
    { after: { sent: true } },
  ]);
});

test('where the server is too busy or down, the letter is tried again later and later, and goes when it can', async () => {
  const { email } = await member(app);
  open.refuse = 451;
  await ask(app, email);
  expect(await waiting()).toMatchObject({ tries: 1, next: 60 });
  open.refuse = undefined;
  await open.stop();
  const waits: (number | null)[] = [];
  for (let round = 0; round < 3; round++) {
    await due();
    const before = Date.now();
    expect(await app.memoryJobs.run('accounts.letters')).toEqual({ sent: 0, waiting: 1 });
    const [{ at, problem }] = (await app.sql.rows('select extract(epoch from next_try)::float8 as at, problem from unsent_letter')) as [
      { at: number; problem: string },
    ];
    expect(problem).toContain('ECONNREFUSED');
    waits.push(Math.round((at * 1000 - before) / 60_000));
  }
  expect(waits).toEqual([2, 4, 8]);
  // Not before its time.
  expect(await app.memoryJobs.run('accounts.letters')).toEqual({ sent: 0, waiting: 0 });
});

test('two processes that look for due letters at once send each once', async () => {
  const { email } = await member(app);
  const again = new MailServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] });
  await again.start(port);
  again.refuse = 451;
  await ask(app, email);
  await waiting();
  again.refuse = undefined;
  await due();
  const done = await Promise.all([app.memoryJobs.run('accounts.letters'), app.memoryJobs.run('accounts.letters')]);
  expect(done.map((result) => (result as { sent: number }).sent).sort()).toEqual([0, 1]);
  expect(again.letters).toHaveLength(1);
  await again.stop();
});
