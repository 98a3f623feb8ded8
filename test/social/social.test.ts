import { plugins } from '../../config/plugins.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

let app: Booted, ada: Browser, bob: Browser, film: number;

beforeAll(async () => {
  app = await bootApp({ plugins });
  [film] = (await addFilms(app, [{ title: 'Stalker', year: 1979, runtime: 162 }])) as [number];
  [ada, bob] = [app.browser(), app.browser()];
  for (const [browser, handle] of [
    [ada, 'ada'],
    [bob, 'bob'],
  ] as const) {
    await browser.post('/sign-up', { name: `${handle} <b>`, handle, email: `${handle}@example.org`, password: 'a long enough phrase' }, '/sign-up');
  }
  await bob.post(`/film/${film}/rating`, { stars: '4.5' }, '/account');
});
afterAll(() => app.stop());

test('following twice is one follow, and the feed then shows what was rated', async () => {
  expect((await ada.get('/feed')).text).toContain('Your feed is empty');
  for (let i = 0; i < 2; i++) await ada.post('/people/bob/follow', {}, '/account');
  expect((await app.sql.rows('select from follow')).length).toBe(1);
  const feed = await ada.get('/feed');
  expect(feed.text).toMatch(/bob &lt;b&gt;[\s\S]*Stalker[\s\S]*4\.5/);
  expect((await ada.get('/people/bob/followers')).text).toContain('@ada');
  await ada.post('/people/bob/unfollow', {}, '/account');
  expect((await ada.get('/feed')).text).toContain('Your feed is empty');
});

test('a profile shows statistics that agree with the ratings', async () => {
  const { text } = await ada.get('/people/bob');
  expect(text).toMatch(/<b>1<\/b> rating/);
  expect(text).toMatch(/<b>4\.50<\/b> stars on average/);
  expect(text).toMatch(/<b>3<\/b> hours of film/);
});

test.each([
  ['/people/ada/follow', 422],
  ['/people/nobody/follow', 404],
  ['/people/A%20B/follow', 404],
  ["/people/bob'--/follow", 404],
])('%s answers %i', async (path, status) => {
  expect((await ada.post(path, {}, '/account')).status).toBe(status);
});

test('a visitor cannot follow and has no feed, but may look at profiles', async () => {
  const visitor = app.browser();
  expect((await visitor.post('/people/bob/follow')).headers['location']).toMatch(/^\/sign-in/);
  expect((await visitor.get('/feed')).headers['location']).toMatch(/^\/sign-in/);
  expect((await visitor.get('/people/bob')).status).toBe(200);
});

test('people are found by the beginning of handle or name; wildcards are letters', async () => {
  expect((await ada.get('/people?q=bo')).text).toContain('@bob');
  for (const q of ['_o', 'zzz']) expect((await ada.get(`/people?q=${q}`)).text).not.toContain('@bob');
});
