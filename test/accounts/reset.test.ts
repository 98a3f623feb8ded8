import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted, type Browser } from '../harness/app.ts';
import { isSignedIn, KeptMail, member, password } from './site.ts';

const fresh = 'nine loud foghorns';
const mail = new KeptMail();
let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts], mailer: mail });
});
afterAll(() => app.stop());
beforeEach(() => app.sql.rows('delete from sign_in_attempt'));

/** Asks for a link and reads it in the letter. */
async function linkFor(email: string, browser: Browser = app.browser()): Promise<string> {
  expect((await browser.post('/forgot', { email }, '/forgot')).status).toBe(200);
  return /link=([\w-]{43})/.exec((await mail.next()).text)![1]!;
}

test('a link in a letter leads to a new password, ends every session, and dies on use', async () => {
  const { browser, email } = await member(app),
    link = await linkFor(email.toUpperCase());
  const other = app.browser();
  expect((await other.get(`/reset?link=${link}`)).text).toContain(email);
  const answer = await other.post('/reset', { link, password: fresh }, `/reset?link=${link}`);
  expect([answer.status, answer.headers['location']]).toEqual([303, '/sign-in?changed=password']);
  expect(await isSignedIn(browser)).toBe(false);
  expect((await app.browser().signIn(email, password)).status).toBe(422);
  expect((await app.browser().signIn(email, fresh)).status).toBe(303);
  expect((await other.get(`/reset?link=${link}`)).status).toBe(410);
  expect((await other.post('/reset', { link, password: 'eleven slow barges' })).status).toBe(410);
  expect((await app.browser().signIn(email, fresh)).status).toBe(303);
});

test('of two links the use of one ends the other, and so does a change of the password', async () => {
  const { browser, email } = await member(app);
  const [first, second] = [await linkFor(email), await linkFor(email)];
  await app.browser().post('/reset', { link: first, password: fresh });
  expect((await app.browser().get(`/reset?link=${second}`)).status).toBe(410);
  await browser.signIn(email, fresh);
  const third = await linkFor(email);
  expect((await browser.post('/account/password', { current: fresh, password }, '/account')).headers['location']).toBe(
    '/account/security?saved=password',
  );
  expect((await app.browser().get(`/reset?link=${third}`)).status).toBe(410);
});

test('a link is good for an hour', async () => {
  const { email, id } = await member(app),
    link = await linkFor(email);
  await app.sql.rows(`update reset_link set expires_at = now() - interval '1 second' where account = $1`, [id]);
  expect((await app.browser().get(`/reset?link=${link}`)).status).toBe(410);
  expect((await app.browser().post('/reset', { link, password: fresh })).status).toBe(410);
  await app.memoryJobs.run('accounts.tidy');
  expect(await app.sql.rows('select from reset_link where account = $1', [id])).toEqual([]);
});

test('only the hash of a link is stored', async () => {
  const { email } = await member(app),
    link = await linkFor(email);
  const stored = await app.sql.rows<{ hash: string }>('select hash from reset_link');
  expect(stored.map(({ hash }) => hash)).not.toContain(link);
  expect((await app.browser().get(`/reset?link=${stored[0]!.hash}`)).status).toBe(410);
});

test('the answer is the same for an address that nobody has, and no letter goes out', async () => {
  const { email } = await member(app),
    body = async (address: string) =>
      (await app.browser().post('/forgot', { email: address }, '/forgot')).text.replaceAll(/(value|request|csrf)="?[^"]*"?/g, '');
  const known = await body(email);
  await mail.next();
  expect(await body('nobody@example.org')).toBe(known);
  expect(mail.letters).toEqual([]);
});

test('a weak new password is refused with what to do, and the link stays good', async () => {
  const { email } = await member(app),
    link = await linkFor(email);
  const refused = await app.browser().post('/reset', { link, password: 'short' });
  expect([refused.status, refused.text.includes('Use at least 10 characters.')]).toEqual([422, true]);
  expect((await app.browser().get(`/reset?link=${link}`)).status).toBe(200);
});

test('links are bounded by address, with the time to wait', async () => {
  const ask = () => app.browser().post('/forgot', { email: 'nobody@example.org' }, '/forgot');
  for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
});

test('without a mail server the letter is left to the operators', async () => {
  const said: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void said.push(message), child: () => log };
  const silentSite = await bootApp({ plugins: [accounts], log });
  const { email } = await member(silentSite);
  await silentSite.browser().post('/forgot', { email }, '/forgot');
  while (said.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const [letter] = await silentSite.sql.rows<{ recipient: string; body: string }>('select recipient, body from unsent_letter');
  expect(letter).toEqual({ recipient: email, body: expect.stringMatching(/\/reset\?link=[\w-]{43}\n/) });
  expect(said[0]).toContain(letter!.body);
  await silentSite.stop();
});
