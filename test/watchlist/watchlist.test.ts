import { on, definePlugin } from '../../core/plugin.ts';
import { plugins } from '../../config/plugins.ts';
import { WatchlistAdded } from '../../plugins/watchlist/api.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

const heard: object[] = [];
const listener = definePlugin({
  id: 'listener',
  title: 'Listener',
  description: 'Notes what it hears.',
  setup: () => ({ on: [on(WatchlistAdded, (fact) => void heard.push(fact))] }),
});
let app: Booted, browser: Browser, films: number[];

beforeAll(async () => {
  app = await bootApp({ plugins: [...plugins, listener] });
  films = await addFilms(app, [{ title: 'One' }, { title: 'Two' }, { title: 'Gone', hidden: true }]);
  browser = app.browser();
  await browser.post('/sign-up', { name: 'Ada Byron', handle: 'ada', email: 'ada@example.org', password: 'a long enough phrase' }, '/sign-up');
});
afterAll(() => app.stop());

test('adding twice is one entry and one event; removing takes it away', async () => {
  for (let i = 0; i < 2; i++)
    expect((await browser.post(`/film/${films[0]}/watchlist`, { next: '/watchlist' }, '/account')).headers['location']).toBe('/watchlist');
  await app.events.settled();
  expect(heard).toEqual([expect.objectContaining({ film: films[0], at: expect.any(Date) })]);
  expect((await app.sql.rows('select from watchlist_item')).length).toBe(1);
  await browser.post(`/film/${films[0]}/watchlist/delete`, {}, '/account');
  expect((await app.sql.rows('select from watchlist_item')).length).toBe(0);
});

test('a visitor is asked to sign in; hidden and unknown films are not found', async () => {
  const answer = await app.browser().post(`/film/${films[0]}/watchlist`);
  expect([answer.status, answer.headers['location']]).toEqual([303, expect.stringMatching(/^\/sign-in\?next=/)]);
  for (const id of [films[2], 2_147_483_648, -1, 'abc']) expect((await browser.post(`/film/${id}/watchlist`, {}, '/account')).status).toBe(404);
});

test('a full list says so and stays as it is', async () => {
  await app.settings.change('watchlist', { settings: { limit: 1 }, version: (await app.settings.state('watchlist')).version }, null);
  await app.host.reconcile(await app.settings.wanted());
  expect((await browser.post(`/film/${films[0]}/watchlist`, {}, '/account')).status).toBe(303);
  const full = await browser.post(`/film/${films[1]}/watchlist`, {}, '/account');
  expect([full.status, full.text]).toEqual([409, expect.stringContaining('it holds 1 films')]);
});

test('off, the plugin has no page and no button; on again, the list is still there', async () => {
  const toggle = async (enabled: boolean) => {
    await app.settings.change('watchlist', { enabled, version: (await app.settings.state('watchlist')).version }, null);
    await app.host.reconcile(await app.settings.wanted());
  };
  await toggle(false);
  expect((await browser.get('/watchlist')).status).toBe(404);
  expect((await browser.get(`/film/${films[1]}`)).text).not.toContain('watchlist');
  await toggle(true);
  expect((await browser.get('/watchlist')).text).toContain('One');
});
