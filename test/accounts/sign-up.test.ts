import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';
import { person, signedUp, stored } from './people.ts';
import { isSignedIn } from './site.ts';

let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts] });
});
afterAll(() => app.stop());

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
    expect(await stored(app, form.handle)).toEqual([{ id: expect.any(Number), role: 'viewer', simulated: false, name: form.name, bio: '' }]);
    expect((await stored(app, form.handle))[0]!.id).not.toBe(4711);
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
    const one = await signedUp(app),
      two = await signedUp(app);
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
    expect(await stored(app, form.handle)).toHaveLength(1);
    expect(await app.sql.rows('select from unit join account on unit.account = account.id where handle = $1', [form.handle])).toHaveLength(1);
  });

  test('with somebody’s handle and address, but not the password, opens nothing', async () => {
    const { form } = await signedUp(app),
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
