import { plugins } from '../../config/plugins.ts';
import { on, definePlugin } from '../../core/plugin.ts';
import { Diary, DiaryNoted } from '../../plugins/diary/api.ts';
import { byMonth } from '../../plugins/diary/routes.ts';
import { History } from '../../plugins/history/api.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

const heard: object[] = [];
const listener = definePlugin({
  id: 'listener',
  title: 'Listener',
  description: 'Notes what it hears.',
  setup: () => ({ on: [on(DiaryNoted, (fact) => void heard.push(fact))] }),
});
let app: Booted, browser: Browser, films: number[];
beforeAll(async () => {
  app = await bootApp({ plugins: [...plugins, listener] });
  films = await addFilms(app, [{ title: 'One' }, { title: 'Two' }, { title: 'Gone', hidden: true }]);
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.sql.rows('delete from diary_entry');
  heard.length = 0;
  browser = app.browser();
  await browser.get('/about');
});

const note = (film: number | string, fields: Record<string, string>) => browser.post(`/film/${film}/diary`, fields);
const stored = () =>
  app.sql.rows<{ film: number; day: string; rewatch: boolean }>(
    `select film, to_char(watched_on, 'YYYY-MM-DD') as day, rewatch from diary_entry order by watched_on`,
  );
const entryId = async (): Promise<number> => (await app.sql.one<{ id: number }>('select id from diary_entry'))!.id;

test('a day is noted once, tells once, and the film counts as watched', async () => {
  const answer = await note(films[0]!, { watched_on: '2024-02-29', next: '/diary' });
  expect([answer.status, answer.headers['location']]).toEqual([303, '/diary']);
  await note(films[0]!, { watched_on: '2024-02-29', rewatch: '1' });
  await note(films[0]!, { watched_on: '2025-01-05', rewatch: '1' });
  expect(await stored()).toEqual([
    { film: films[0], day: '2024-02-29', rewatch: true },
    { film: films[0], day: '2025-01-05', rewatch: true },
  ]);
  await app.events.settled();
  expect(heard).toEqual([
    expect.objectContaining({ film: films[0], watchedOn: '2024-02-29', rewatch: false }),
    expect.objectContaining({ watchedOn: '2025-01-05' }),
  ]);
  const { unit } = (await app.sql.one<{ unit: number }>('select distinct unit from diary_entry'))!;
  expect((await app.host.find(History)!.of(unit, [films[0]!])).get(films[0]!)).toMatchObject({ watched: true });
  expect(await app.host.find(Diary)!.entries(unit, { limit: 1 })).toEqual([expect.objectContaining({ watchedOn: '2025-01-05' })]);
});

test.each(['', 'yesterday', '2023-02-29', '29.02.2024', '1899-12-31', '2999-01-01', '2024-01-01T00:00:00Z', '0', '２０２４-01-01'])(
  'the day %p is refused with 422',
  async (day) => {
    const answer = await note(films[0]!, { watched_on: day });
    expect([answer.status, answer.text]).toEqual([422, expect.stringMatching(/Give|come/)]);
    expect(await stored()).toEqual([]);
  },
);

test('a day that comes twice is refused; unknown and hidden films are not found', async () => {
  const csrf = await browser.token('/sign-in');
  const twice = await browser.agent
    .post(`/film/${films[0]}/diary`)
    .set('accept', 'text/html')
    .type('form')
    .send(`csrf=${csrf}&watched_on=2024-01-01&watched_on=2024-01-02`);
  expect(twice.status).toBe(422);
  for (const id of [films[2]!, 999_999, 2_147_483_648, -1, 'abc']) expect((await note(id, { watched_on: '2024-01-01' })).status).toBe(404);
  expect(await stored()).toEqual([]);
});

test('an entry moves to another day, and onto one that is there; it goes when it is removed', async () => {
  await note(films[0]!, { watched_on: '2024-01-01' });
  const id = await entryId();
  expect((await browser.get(`/diary/${id}/edit`)).text).toContain('value="2024-01-01"');
  await browser.post(`/diary/${id}`, { watched_on: '2024-01-03', rewatch: '1' });
  await note(films[0]!, { watched_on: '2024-01-05' });
  await browser.post(`/diary/${id}`, { watched_on: '2024-01-05' });
  expect(await stored()).toEqual([{ film: films[0], day: '2024-01-05', rewatch: false }]);
  expect((await browser.post(`/diary/${id}`, { watched_on: '2999-01-05' })).status).toBe(422);
  await browser.post(`/diary/${id}/delete`);
  expect(await stored()).toEqual([]);
});

test('nobody else can see, change or remove an entry', async () => {
  await note(films[0]!, { watched_on: '2024-01-01' });
  const id = await entryId(),
    other = app.browser();
  await other.get('/about');
  expect((await other.get(`/diary/${id}/edit`)).status).toBe(404);
  expect((await other.post(`/diary/${id}`, { watched_on: '2020-01-01' })).status).toBe(404);
  await other.post(`/diary/${id}/delete`);
  expect(await stored()).toEqual([{ film: films[0], day: '2024-01-01', rewatch: false }]);
  expect((await other.get('/diary')).text).toContain('Nothing in your diary yet');
});

test('what a visitor noted comes along to the account', async () => {
  await note(films[1]!, { watched_on: '2024-03-01' });
  await browser.post('/sign-up', { name: 'Dora', handle: 'dora', email: 'dora@example.org', password: 'a long enough phrase' }, '/sign-up');
  const { text } = await browser.get('/diary');
  expect(text).toContain('March 2024');
  expect(text).toContain('Two');
  expect((await browser.get('/diary').set('accept-language', 'de')).text).toContain('März 2024');
});

test('entries of one month stand together', () => {
  const days = ['2024-03-02', '2024-03-01', '2024-01-31'].map((watchedOn) => ({ watchedOn }));
  expect(byMonth(days).map(({ start, lines }) => [start.toISOString().slice(0, 7), lines.length])).toEqual([
    ['2024-03', 2],
    ['2024-01', 1],
  ]);
});
