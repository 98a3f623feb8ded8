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

test('films keep the order that they are given, by buttons and by dragging, and their notes', async () => {
  const more = await addFilms(app, [{ title: 'Three' }, { title: 'Four' }]),
    all = [films[0]!, films[1]!, ...more],
    order = async () => (await app.sql.rows<{ film: number }>('select film from watchlist_item order by place')).map(({ film }) => film),
    move = (film: number | string, fields: Record<string, string>) => browser.post(`/film/${film}/watchlist/move`, fields, '/account');
  for (const film of all) await browser.post(`/film/${film}/watchlist`, {}, '/account');
  const [a, b, c, d] = all as [number, number, number, number];
  expect(await order()).toEqual([d, c, b, a]);
  await move(c, { to: 'up' });
  expect(await order()).toEqual([c, d, b, a]);
  await move(c, { to: 'up' });
  await move(b, { to: 'down' });
  expect(await order()).toEqual([c, d, a, b]);
  await move(b, { before: String(d) });
  expect(await order()).toEqual([c, b, d, a]);
  await move(c, { before: '0' });
  expect(await order()).toEqual([b, d, a, c]);
  for (const wrong of ['to=sideways', 'before=x', 'before=-1'])
    expect((await move(a, Object.fromEntries(new URLSearchParams(wrong)))).status).toBe(422);
  expect((await move(films[2]!, { to: 'up' })).status).toBe(404);
  const note = (text: string) => browser.post(`/film/${a}/watchlist/note`, { note: text }, '/account');
  await note('  with <b>Bo</b>\u202e ');
  expect((await browser.get('/watchlist')).text).toContain('with &lt;b&gt;Bo&lt;/b&gt;<');
  expect((await note('x'.repeat(501))).status).toBe(422);
  expect(await app.sql.rows('select note from watchlist_item where film = $1', [a])).toEqual([{ note: 'with <b>Bo</b>' }]);
  await app.sql.rows('delete from watchlist_item');
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
