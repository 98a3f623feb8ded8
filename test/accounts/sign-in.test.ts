import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';
import { cookieOf, password, signedUp, worksWith } from './people.ts';
import { isSignedIn } from './site.ts';

let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts] });
});
afterAll(() => app.stop());

describe('sign-in', () => {
  test('works with any case of the address and goes on to where one came from', async () => {
    const { form } = await signedUp(app),
      browser = app.browser();
    const response = await browser.post('/sign-in', { email: form.email.toUpperCase(), password, next: '/film/7' });
    expect([response.status, response.headers['location']]).toEqual([303, '/film/7']);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '\\/evil.example',
    'javascript:alert(1)',
    '/%0a/evil\n',
    '/\t/evil.example',
  ])('never leads to another site: %j', async (next) => {
    const { form } = await signedUp(app);
    expect((await app.browser().post('/sign-in', { email: form.email, password, next })).headers['location']).toBe('/');
  });

  test('answers the same for an unknown address and a wrong password', async () => {
    const { form } = await signedUp(app);
    const [wrong, unknown] = await Promise.all([form.email, 'nobody@example.org'].map((email) => app.browser().signIn(email, 'not the password')));
    expect([wrong!.status, unknown!.status]).toEqual([422, 422]);
    const strip = (text: string): string => text.replace(/value="[^"]*"/g, '').replace(/nonce="[^"]*"/g, '');
    expect(strip(wrong!.text)).toBe(strip(unknown!.text));
    expect(wrong!.text).toContain(`value="${form.email}"`);
    expect(wrong!.text).not.toContain('not the password');
  });

  test('gives the session a new id, so that one planted before is worth nothing', async () => {
    const { form, browser, response } = await signedUp(app);
    const before = cookieOf(response, 'session')!;
    const again = await browser.post('/sign-in', { email: form.email, password }, '/account');
    const after = cookieOf(again, 'session')!;
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
    expect(await worksWith(app, before)).toBe(false);
    expect(await worksWith(app, after)).toBe(true);
  });

  test('is refused without the token of a form, with an old one and from another site', async () => {
    const { form } = await signedUp(app),
      browser = app.browser();
    const fields = { email: form.email, password };
    expect((await browser.agent.post('/sign-in').type('form').send(fields)).status).toBe(403);
    const foreign = await app.browser().token('/sign-in');
    expect(
      (
        await browser.agent
          .post('/sign-in')
          .type('form')
          .send({ ...fields, csrf: foreign })
      ).status,
    ).toBe(403);
    for (const [header, value] of [
      ['origin', 'https://evil.example'],
      ['origin', 'null'],
      ['sec-fetch-site', 'cross-site'],
    ] as const) {
      const csrf = await browser.token('/sign-in');
      expect(
        (
          await browser.agent
            .post('/sign-in')
            .set(header, value)
            .type('form')
            .send({ ...fields, csrf })
        ).status,
      ).toBe(403);
    }
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('is blocked after ten failures, for the right password too, and says for how long', async () => {
    const { form } = await signedUp(app);
    for (let i = 0; i < 10; i++) expect((await app.browser().signIn(form.email, 'not the password')).status).toBe(422);
    const response = await app.browser().signIn(form.email, password);
    expect(response.status).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(800);
    expect(response.text).toContain('Try again in 15 minutes');
    expect(cookieOf(response, 'session')).toBeUndefined();
  });

  test('of simulated viewers is not bounded, when the site itself signed their clock', async () => {
    const { form } = await signedUp(app);
    for (let i = 0; i < 10; i++) await app.browser().signIn(form.email, 'not the password');
    const attempt = async (clock: string): Promise<number> => {
      const browser = app.browser(),
        csrf = await browser.token('/sign-in');
      return (await browser.agent.post('/sign-in').set('x-marquee-clock', clock).type('form').send({ email: form.email, password, csrf })).status;
    };
    const time = '2026-03-04T05:06:07.000Z';
    expect(await attempt(`${time}.forged`)).toBe(429);
    expect(await attempt(app.signer.sign('clock', time))).toBe(303);
  });

  test.each(['\u0000', '\ud800', 'x'.repeat(300), "' or 1=1 --", '%', '[object Object]'])('an odd address is just a wrong one: %j', async (email) => {
    expect((await app.browser().signIn(email, password)).status).toBe(422);
  });
});

describe('sign-out', () => {
  test('ends the session for every copy of its cookie and gives the browser a new visitor key', async () => {
    const { browser, response } = await signedUp(app);
    const copy = cookieOf(response, 'session')!;
    expect(await worksWith(app, copy)).toBe(true);
    const sessions = await app.sql.rows('select from session');
    const out = await browser.post('/sign-out', {}, '/account');
    expect([out.status, out.headers['location']]).toEqual([303, '/']);
    expect(cookieOf(out, 'visitor')).toBe('visitor=');
    expect(await app.sql.rows('select from session')).toHaveLength(sessions.length - 1);
    expect(await worksWith(app, copy)).toBe(false);
    expect(await isSignedIn(browser)).toBe(false);
    expect(cookieOf(await browser.get('/sign-in'), 'visitor') ?? 'set before').not.toBe('visitor=');
  });

  test('needs a form of ours and does not happen by a link', async () => {
    const { browser } = await signedUp(app);
    expect((await browser.get('/sign-out')).status).toBe(404);
    expect((await browser.agent.post('/sign-out').type('form').send({})).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });
});
