import type { Response } from 'supertest';
import { on } from '../../core/plugin.ts';
import { Identity } from '../../core/services.ts';
import accounts from '../../plugins/accounts/index.ts';
import { AccountCreated, Accounts, UnitsMerged } from '../../plugins/accounts/api.ts';
import { hashPassword } from '../../plugins/accounts/password.ts';
import { unitOf } from '../../plugins/accounts/units.ts';
import { bootApp, Browser, type Booted } from '../harness/app.ts';

const password = 'lanterns over dover';
let app: Booted;
let count = 0;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts] });
});
afterAll(() => app.stop());

const person = () => {
  const handle = `viewer_${++count}`;
  return { name: `Viewer ${count}`, handle, email: `${handle}@example.org`, password };
};
async function signedUp(): Promise<{ browser: Browser; form: ReturnType<typeof person>; response: Response }> {
  const browser = app.browser(),
    form = person();
  const response = await browser.post('/sign-up', form, '/sign-up');
  expect(response.status).toBe(303);
  return { browser, form, response };
}
const cookieOf = (response: Response, name: string): string | undefined =>
  [response.headers['set-cookie'] ?? []]
    .flat()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0];
const isSignedIn = async (browser: Browser): Promise<boolean> => (await browser.get('/account')).status === 200;
const stored = (handle: string) =>
  app.sql.rows<{ id: number; role: string; simulated: boolean; name: string; bio: string }>(
    'select id, role, simulated, name, bio from account where handle = $1',
    [handle],
  );

describe('sign-up', () => {
  test('makes the account, starts its session and goes on to where one came from', async () => {
    const browser = app.browser(),
      form = person();
    const response = await browser.post('/sign-up', { ...form, next: '/genre/drama?page=2' }, '/sign-up');
    expect([response.status, response.headers['location']]).toEqual([303, '/genre/drama?page=2']);
    expect(await isSignedIn(browser)).toBe(true);
    expect((await browser.get('/sign-up')).headers['location']).toBe('/');
  });

  test('stores nothing that the form does not have', async () => {
    const form = person();
    const response = await app
      .browser()
      .post('/sign-up', { ...form, role: 'admin', id: 4711, simulated: 'true', staff: 'true', bio: 'x' }, '/sign-up');
    expect(response.status).toBe(303);
    expect(await stored(form.handle)).toEqual([{ id: expect.any(Number), role: 'viewer', simulated: false, name: form.name, bio: '' }]);
    expect((await stored(form.handle))[0]!.id).not.toBe(4711);
  });

  test.each([
    ['name', { name: ' \u0000\u202e ' }],
    ['name', { name: 'n'.repeat(81) }],
    ['handle', { handle: 'a' }],
    ['handle', { handle: 'with space' }],
    ['handle', { handle: '<b>' }],
    ['handle', { handle: 'h'.repeat(31) }],
    ['email', { email: 'nobody' }],
    ['email', { email: `${'e'.repeat(250)}@example.org` }],
    ['password', { password: 'short' }],
    ['password', { password: 'p'.repeat(201) }],
    ['password', { password: 'Password123!' }],
    ['password', { name: 'Nadia Brandt', password: 'NadiaBrandt1' }],
  ])('says what is wrong beside the field: %s %j', async (field, wrong) => {
    const form = { ...person(), ...wrong };
    const response = await app.browser().post('/sign-up', form, '/sign-up');
    expect(response.status).toBe(422);
    expect(response.text).toContain(`id="${field}-error"`);
    expect(response.text).toMatch(new RegExp(`<input id="${field}"[^>]*aria-invalid="true" aria-describedby="${field}-error"`, 's'));
    expect(response.text.match(/class="field-error"/g)).toHaveLength(1);
    expect(await app.sql.rows('select from account where email = $1', [form.email])).toHaveLength(0);
  });

  test('keeps what was typed, but never the password, and escapes it', async () => {
    const response = await app
      .browser()
      .post('/sign-up', { ...person(), name: '"><script>alert(1)</script>', handle: '{{csrf}}', password: 'too short' }, '/sign-up');
    expect(response.status).toBe(422);
    expect(response.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(response.text).toContain('value="{{csrf}}"');
    expect(response.text).not.toContain('<script>alert');
    expect(response.text).not.toContain('too short');
  });

  test('a field that is sent twice or as a list is refused', async () => {
    const browser = app.browser(),
      form = new URLSearchParams(Object.entries(person()));
    form.append('handle', 'another');
    form.append('csrf', await browser.token('/sign-up'));
    const response = await browser.agent.post('/sign-up').type('form').send(form.toString());
    expect(response.status).toBe(422);
  });

  test('names both fields that are taken by others', async () => {
    const one = await signedUp(),
      two = await signedUp();
    const response = await app
      .browser()
      .post('/sign-up', { ...person(), handle: one.form.handle.toUpperCase(), email: two.form.email.toUpperCase() }, '/sign-up');
    expect(response.status).toBe(422);
    expect(response.text).toContain('id="handle-error"');
    expect(response.text).toContain('id="email-error"');
  });

  test('sent twice makes one account, and both answers go on', async () => {
    const browser = app.browser(),
      form = { ...person(), csrf: await browser.token('/sign-up') };
    const responses = await Promise.all([1, 2].map(() => browser.agent.post('/sign-up').type('form').send(form)));
    expect(responses.map(({ status }) => status)).toEqual([303, 303]);
    expect(await stored(form.handle)).toHaveLength(1);
    expect(await app.sql.rows('select from unit join account on unit.account = account.id where handle = $1', [form.handle])).toHaveLength(1);
  });

  test('with somebody’s handle and address, but not the password, opens nothing', async () => {
    const { form } = await signedUp(),
      browser = app.browser();
    const response = await browser.post('/sign-up', { ...form, password: 'quite another password' }, '/sign-up');
    expect(response.status).toBe(422);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('is bounded by address', async () => {
    const own = await bootApp({ plugins: [accounts] });
    await own.settings.change('accounts', { settings: { signUpsPerAddress: 2 }, version: 0 }, null);
    await own.host.reconcile(await own.settings.wanted());
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await own.browser().post('/sign-up', person(), '/sign-up')).status);
    await own.stop();
    expect(statuses).toEqual([303, 303, 429]);
  });
});

describe('sign-in', () => {
  test('works with any case of the address and goes on to where one came from', async () => {
    const { form } = await signedUp(),
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
    const { form } = await signedUp();
    expect((await app.browser().post('/sign-in', { email: form.email, password, next })).headers['location']).toBe('/');
  });

  test('answers the same for an unknown address and a wrong password', async () => {
    const { form } = await signedUp();
    const [wrong, unknown] = await Promise.all([form.email, 'nobody@example.org'].map((email) => app.browser().signIn(email, 'not the password')));
    expect([wrong!.status, unknown!.status]).toEqual([422, 422]);
    const strip = (text: string): string => text.replace(/value="[^"]*"/g, '').replace(/nonce="[^"]*"/g, '');
    expect(strip(wrong!.text)).toBe(strip(unknown!.text));
    expect(wrong!.text).toContain(`value="${form.email}"`);
    expect(wrong!.text).not.toContain('not the password');
  });

  test('gives the session a new id, so that one planted before is worth nothing', async () => {
    const { form, browser, response } = await signedUp();
    const before = cookieOf(response, 'session')!;
    const again = await browser.post('/sign-in', { email: form.email, password }, '/account');
    const after = cookieOf(again, 'session')!;
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
    expect(await worksWith(before)).toBe(false);
    expect(await worksWith(after)).toBe(true);
  });

  test('is refused without the token of a form, with an old one and from another site', async () => {
    const { form } = await signedUp(),
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
    const { form } = await signedUp();
    for (let i = 0; i < 10; i++) expect((await app.browser().signIn(form.email, 'not the password')).status).toBe(422);
    const response = await app.browser().signIn(form.email, password);
    expect(response.status).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(800);
    expect(response.text).toContain('Try again in 15 minutes');
    expect(cookieOf(response, 'session')).toBeUndefined();
  });

  test('of simulated viewers is not bounded, when the site itself signed their clock', async () => {
    const { form } = await signedUp();
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

/** Whether a copied session cookie alone shows the account page. */
const worksWith = async (cookie: string): Promise<boolean> => (await app.browser().agent.get('/account').set('cookie', cookie)).status === 200;

describe('sign-out', () => {
  test('ends the session for every copy of its cookie and gives the browser a new visitor key', async () => {
    const { browser, response } = await signedUp();
    const copy = cookieOf(response, 'session')!;
    expect(await worksWith(copy)).toBe(true);
    const sessions = await app.sql.rows('select from session');
    const out = await browser.post('/sign-out', {}, '/account');
    expect([out.status, out.headers['location']]).toEqual([303, '/']);
    expect(cookieOf(out, 'visitor')).toBe('visitor=');
    expect(await app.sql.rows('select from session')).toHaveLength(sessions.length - 1);
    expect(await worksWith(copy)).toBe(false);
    expect(await isSignedIn(browser)).toBe(false);
    expect(cookieOf(await browser.get('/sign-in'), 'visitor') ?? 'set before').not.toBe('visitor=');
  });

  test('needs a form of ours and does not happen by a link', async () => {
    const { browser } = await signedUp();
    expect((await browser.get('/sign-out')).status).toBe(404);
    expect((await browser.agent.post('/sign-out').type('form').send({})).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('account page', () => {
  test('needs an account and leads back', async () => {
    const response = await app.browser().get('/account');
    expect([response.status, response.headers['location']]).toEqual([303, '/sign-in?next=%2Faccount']);
  });

  test('saves name and bio, nothing else, and shows them escaped', async () => {
    const { browser, form } = await signedUp();
    const response = await browser.post(
      '/account',
      { name: 'Åsa <b>', bio: 'Line one\nline two</textarea><script>', role: 'admin', handle: 'stolen' },
      '/account',
    );
    expect(response.headers['location']).toBe('/account?saved=profile');
    expect(await stored(form.handle)).toMatchObject([{ role: 'viewer', name: 'Åsa <b>', bio: 'Line one\nline two</textarea><script>' }]);
    const page = await browser.get('/account?saved=profile');
    expect(page.text).toContain('Your profile is saved.');
    expect(page.text).toContain('line two&lt;/textarea&gt;&lt;script&gt;</textarea>');
    expect(page.text).not.toContain('<b>');
  });

  test('keeps what was typed beside the message', async () => {
    const { browser, form } = await signedUp();
    const response = await browser.post('/account', { name: 'Kept', bio: 'b'.repeat(501) }, '/account');
    expect(response.status).toBe(422);
    expect(response.text).toContain('value="Kept"');
    expect(response.text).toContain('id="bio-error"');
    expect(await stored(form.handle)).toMatchObject([{ name: form.name }]);
  });

  test('shows no notice but its own', async () => {
    const { browser } = await signedUp();
    for (const saved of ['constructor', '__proto__', 'x']) expect((await browser.get(`/account?saved=${saved}`)).text).not.toContain('class="notice');
  });

  test('a new password ends the other sessions, not this one nor another person’s', async () => {
    const { browser, form } = await signedUp(),
      other = app.browser(),
      stranger = await signedUp();
    await other.signIn(form.email, password);
    const copy = cookieOf(await app.browser().signIn(form.email, password), 'session')!;
    const response = await browser.post('/account/password', { current: password, password: 'harbour at first light' }, '/account');
    expect(response.headers['location']).toBe('/account/security?saved=password');
    expect(await Promise.all([browser, other, stranger.browser].map(isSignedIn))).toEqual([true, false, true]);
    expect(await worksWith(copy)).toBe(false);
    expect((await app.browser().signIn(form.email, password)).status).toBe(422);
    expect((await app.browser().signIn(form.email, 'harbour at first light')).status).toBe(303);
  });

  test.each([
    ['current', 'not the password', 'harbour at first light'],
    ['password', password, 'short'],
    ['password', password, 'viewer-pass'],
  ])('refuses a new password: %s', async (field, current, next) => {
    const { browser, form } = await signedUp();
    const response = await browser.post('/account/password', { current, password: next }, '/account');
    expect(response.status).toBe(422);
    expect(response.text).toContain(`id="${field}-error"`);
    expect(response.text).not.toContain(next);
    expect((await app.browser().signIn(form.email, password)).status).toBe(303);
  });

  test('guessing the current password is bounded too', async () => {
    const { browser } = await signedUp();
    const statuses = [];
    for (let i = 0; i < 11; i++)
      statuses.push((await browser.post('/account/password', { current: `guess ${i}`, password: 'harbour at first light' }, '/account')).status);
    expect(statuses.indexOf(429)).toBe(10);
  });
});

describe('visitors', () => {
  const facts: [string, object][] = [];
  let stop: (() => void)[];
  beforeAll(() => {
    stop = [AccountCreated, UnitsMerged].map((ref) =>
      app.events.subscribe(on<object>(ref as never, (payload) => void facts.push([ref.id, payload]))),
    );
  });
  afterAll(() => stop.forEach((undo) => undo()));
  beforeEach(() => {
    facts.length = 0;
  });

  const visitorOf = (response: Response): string =>
    app.signer.open('visitor', decodeURIComponent(cookieOf(response, 'visitor')!.slice('visitor='.length)))!;

  test('keep their unit when they sign up', async () => {
    const browser = app.browser(),
      form = person();
    const unit = await unitOf(app.sql, { visitor: visitorOf(await browser.get('/sign-in')) });
    await browser.post('/sign-up', form, '/sign-up');
    const [account] = await stored(form.handle);
    expect(facts).toEqual([['accounts.created', { account: account!.id, unit }]]);
    expect(await unitOf(app.sql, { account: account!.id })).toBe(unit);
  });

  test('are merged when they sign in, and again by the hourly job', async () => {
    const { form } = await signedUp(),
      browser = app.browser();
    facts.length = 0;
    const from = await unitOf(app.sql, { visitor: visitorOf(await browser.get('/sign-in')) });
    await browser.signIn(form.email, password);
    const into = await unitOf(app.sql, { account: (await stored(form.handle))[0]!.id });
    const merged = ['accounts.units-merged', { from, into }];
    expect(facts).toEqual([merged]);
    await app.memoryJobs.run('accounts.tidy');
    expect(facts).toEqual([merged, merged]);
    await app.sql.rows(`update unit set merged_at = now() - interval '2 days' where id = $1`, [from]);
    await app.memoryJobs.run('accounts.tidy');
    expect(facts).toHaveLength(2);
  });

  test('who only look leave no unit behind at sign-in', async () => {
    const { form } = await signedUp(),
      browser = app.browser();
    facts.length = 0;
    await browser.signIn(form.email, password);
    expect(facts).toEqual([]);
  });
});

describe('navigation', () => {
  test('offers the ways in, with the way back, or the name and the way out', async () => {
    const guest = await app.browser().get('/no/such/page?a=1&b=2');
    expect(guest.text).toContain('href="/sign-in?next=%2Fno%2Fsuch%2Fpage%3Fa%3D1%26b%3D2"');
    const { browser, form } = await signedUp();
    const page = await browser.get('/account');
    expect(page.text).toContain(`<a href="/account">${form.name}</a>`);
    expect(page.text).toContain('action="/sign-out"');
    expect(page.text).not.toContain('/sign-up');
  });
});

describe('roles', () => {
  test('count from the next request on', async () => {
    const { form } = await signedUp();
    const id = (await stored(form.handle))[0]!.id;
    await app.host.find(Accounts)!.setRole(id, 'manager', null);
    expect(await app.host.find(Identity)!.account(id)).toEqual({
      id,
      name: form.name,
      handle: form.handle,
      role: 'manager',
      simulated: false,
      language: null,
      shortcuts: true,
      unit: expect.any(Number),
    });
  });

  test('no template of a page holds the password’s hash', async () => {
    const { browser, form } = await signedUp();
    await app.sql.rows('update account set password_hash = $2 where handle = $1', [form.handle, await hashPassword(password)]);
    expect((await browser.get('/account')).text).not.toContain('argon2');
  });
});
