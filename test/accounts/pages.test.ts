import type { Response } from 'supertest';
import { on } from '../../core/plugin.ts';
import { Identity } from '../../core/services.ts';
import accounts from '../../plugins/accounts/index.ts';
import { AccountCreated, Accounts, UnitsMerged } from '../../plugins/accounts/api.ts';
import { hashPassword } from '../../plugins/accounts/password.ts';
import { unitOf } from '../../plugins/accounts/units.ts';
import { bootApp, type Booted } from '../harness/app.ts';
import { cookieOf, password, person, signedUp, stored, worksWith } from './people.ts';
import { isSignedIn } from './site.ts';

let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts] });
});
afterAll(() => app.stop());

describe('account page', () => {
  test('needs an account and leads back', async () => {
    const response = await app.browser().get('/account');
    expect([response.status, response.headers['location']]).toEqual([303, '/sign-in?next=%2Faccount']);
  });

  test('saves name and bio, nothing else, and shows them escaped', async () => {
    const { browser, form } = await signedUp(app);
    const response = await browser.post(
      '/account',
      { name: 'Åsa <b>', bio: 'Line one\nline two</textarea><script>', role: 'admin', handle: 'stolen' },
      '/account',
    );
    expect(response.headers['location']).toBe('/account?saved=profile');
    expect(await stored(app, form.handle)).toMatchObject([{ role: 'viewer', name: 'Åsa <b>', bio: 'Line one\nline two</textarea><script>' }]);
    const page = await browser.get('/account?saved=profile');
    expect(page.text).toContain('Your profile is saved.');
    expect(page.text).toContain('line two&lt;/textarea&gt;&lt;script&gt;</textarea>');
    expect(page.text).not.toContain('<b>');
  });

  test('keeps what was typed beside the message', async () => {
    const { browser, form } = await signedUp(app);
    const response = await browser.post('/account', { name: 'Kept', bio: 'b'.repeat(501) }, '/account');
    expect(response.status).toBe(422);
    expect(response.text).toContain('value="Kept"');
    expect(response.text).toContain('id="bio-error"');
    expect(await stored(app, form.handle)).toMatchObject([{ name: form.name }]);
  });

  test('shows no notice but its own', async () => {
    const { browser } = await signedUp(app);
    for (const saved of ['constructor', '__proto__', 'x']) expect((await browser.get(`/account?saved=${saved}`)).text).not.toContain('class="notice');
  });

  test('a new password ends the other sessions, not this one nor another person’s', async () => {
    const { browser, form } = await signedUp(app),
      other = app.browser(),
      stranger = await signedUp(app);
    await other.signIn(form.email, password);
    const copy = cookieOf(await app.browser().signIn(form.email, password), 'session')!;
    const response = await browser.post('/account/password', { current: password, password: 'harbour at first light' }, '/account');
    expect(response.headers['location']).toBe('/account/security?saved=password');
    expect(await Promise.all([browser, other, stranger.browser].map(isSignedIn))).toEqual([true, false, true]);
    expect(await worksWith(app, copy)).toBe(false);
    expect((await app.browser().signIn(form.email, password)).status).toBe(422);
    expect((await app.browser().signIn(form.email, 'harbour at first light')).status).toBe(303);
  });

  test.each([
    ['current', 'not the password', 'harbour at first light'],
    ['password', password, 'short'],
    ['password', password, 'viewer-pass'],
  ])('refuses a new password: %s', async (field, current, next) => {
    const { browser, form } = await signedUp(app);
    const response = await browser.post('/account/password', { current, password: next }, '/account');
    expect(response.status).toBe(422);
    expect(response.text).toContain(`id="${field}-error"`);
    expect(response.text).not.toContain(next);
    expect((await app.browser().signIn(form.email, password)).status).toBe(303);
  });

  test('guessing the current password is bounded too', async () => {
    const { browser } = await signedUp(app);
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
    const [account] = await stored(app, form.handle);
    expect(facts).toEqual([['accounts.created', { account: account!.id, unit }]]);
    expect(await unitOf(app.sql, { account: account!.id })).toBe(unit);
  });

  test('are merged when they sign in, and again by the hourly job', async () => {
    const { form } = await signedUp(app),
      browser = app.browser();
    facts.length = 0;
    const from = await unitOf(app.sql, { visitor: visitorOf(await browser.get('/sign-in')) });
    await browser.signIn(form.email, password);
    const into = await unitOf(app.sql, { account: (await stored(app, form.handle))[0]!.id });
    const merged = ['accounts.units-merged', { from, into }];
    expect(facts).toEqual([merged]);
    await app.memoryJobs.run('accounts.tidy');
    expect(facts).toEqual([merged, merged]);
    await app.sql.rows(`update unit set merged_at = now() - interval '2 days' where id = $1`, [from]);
    await app.memoryJobs.run('accounts.tidy');
    expect(facts).toHaveLength(2);
  });

  test('who only look leave no unit behind at sign-in', async () => {
    const { form } = await signedUp(app),
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
    const { browser, form } = await signedUp(app);
    const page = await browser.get('/account');
    expect(page.text).toContain(`<a href="/account">${form.name}</a>`);
    expect(page.text).toContain('action="/sign-out"');
    expect(page.text).not.toContain('/sign-up');
  });
});

describe('roles', () => {
  test('count from the next request on', async () => {
    const { form } = await signedUp(app);
    const id = (await stored(app, form.handle))[0]!.id;
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
    const { browser, form } = await signedUp(app);
    await app.sql.rows('update account set password_hash = $2 where handle = $1', [form.handle, await hashPassword(password)]);
    expect((await browser.get('/account')).text).not.toContain('argon2');
  });
});
