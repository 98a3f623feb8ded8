import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';

let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts] });
});
afterAll(() => app.stop());

test('a browser that asks for German gets German pages, and caches are told', async () => {
  const page = await app.browser().get('/sign-in').set('accept-language', 'de-AT,de;q=0.9,en;q=0.5');
  expect(page.text).toContain('<html lang="de">');
  expect(page.text).toContain('<h1>Anmelden</h1>');
  expect(page.headers['vary']).toBe('Accept-Language, Cookie');
});

test('an error says what to do in the language of the page', async () => {
  const browser = app.browser();
  expect((await browser.get('/nowhere').set('accept-language', 'de')).text).toContain('Das gibt es hier nicht: Seite.');
  const csrf = await browser.token('/sign-in');
  const refused = await browser.agent.post('/sign-in').set('accept-language', 'de').type('form').send({ email: '', password: 'x', csrf });
  expect([refused.status, refused.text.includes('Bitte ausfüllen.')]).toEqual([422, true]);
});

test('the switch in the footer works without an account, and leads back to the page', async () => {
  const browser = app.browser();
  const answer = await browser.post('/language', { language: 'de', next: '/sign-in?next=/x' });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/sign-in?next=/x']);
  const page = await browser.get('/sign-in');
  expect(page.text).toContain('<html lang="de">');
  expect(page.text).toContain('value="en" lang="en">English</button>');
});

test('with an account the choice is kept for every browser', async () => {
  const password = 'seven quiet lanterns';
  await app.browser().post('/sign-up', { name: 'Nora', handle: 'nora', email: 'nora@example.org', password }, '/sign-up');
  const first = app.browser(),
    second = app.browser();
  await first.signIn('nora@example.org', password);
  await first.post('/language', { language: 'de', next: '/' }, '/account');
  await second.signIn('nora@example.org', password);
  expect((await second.get('/account')).text).toContain('<html lang="de">');
});

test('a language that there is not is refused', async () => {
  expect((await app.browser().post('/language', { language: 'xx' })).status).toBe(422);
  expect((await app.browser().post('/language', { language: 'de', next: '//evil.example' })).headers['location']).toBe('/');
});
