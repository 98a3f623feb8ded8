import { trainTask } from '../../jobs/training/tasks.ts';
import { loadTrainingData, type LoadedData } from '../../jobs/training/training-data.ts';
import { plugins } from '../../config/plugins.ts';
import type { Trained } from '../../recommend/models/store.ts';
import { socialSite, type SocialSite } from './site.ts';

type People = 'ada' | 'bob' | 'cyd' | 'dee' | 'eve';
let site: SocialSite<People>, film: number, forms: number;
const titles = ['Stalker', 'Solaris', 'Mirror', 'Nostalgia'];

beforeAll(async () => {
  forms = 0;
  site = await socialSite(['ada', 'bob', 'cyd', 'dee', 'eve'], titles);
  film = site.films[0]!;
});
afterAll(() => site.app.stop());

const review = async (who: People, text: string, about = film): Promise<number> =>
  Number((await site.post(who, `/film/${about}/review`, { text })).headers['location']!.split('/')[2]);
async function comment(who: People, on: number, text: string, parent: number | '' = ''): Promise<number> {
  const { headers } = await site.post(who, `/review/${on}/comments`, { text, parent, form: `form-of-leaving-${++forms}` });
  return Number(/comment-(\d+)/.exec(headers['location']!)![1]);
}
const leave = async (who: People, texts: 'keep' | 'remove'): Promise<void> => {
  const answer = await site.browsers[who].post('/account/delete', { texts, sure: 'yes', current: 'a long enough phrase' }, '/account/data');
  expect(answer.headers['location']).toBe('/goodbye');
};
const shown = (text: string): string[] => [...text.matchAll(/(?:Bob|Ada|Cyd) \d|This comment is gone/g)].map(([found]) => found);

test('with the texts removed, others’ words stay where they are, and nothing of the account’s own', async () => {
  const id = await review('ada', 'By Ada.');
  const first = await comment('bob', id, 'Bob 1'),
    answer = await comment('cyd', id, 'Cyd 2', first),
    third = await comment('bob', id, 'Bob 3', answer);
  await comment('ada', id, 'Ada 4', third);
  await comment('bob', id, 'Bob 5');
  await comment('bob', id, 'Bob 6', await comment('bob', id, 'Bob 7', answer));
  const own = await review('bob', 'Bob 8', site.films[1]!);
  await site.post('bob', `/film/${site.films[1]}/review`, { text: 'Bob 9', version: '1' });
  await comment('cyd', own, 'Cyd 10');
  await review('bob', 'Bob 11', site.films[2]!);

  await leave('bob', 'remove');
  expect(shown((await site.nobody.get(`/review/${id}`)).text)).toEqual(['This comment is gone', 'Cyd 2', 'This comment is gone', 'Ada 4']);
  expect((await site.nobody.get(`/review/${own}`)).status).toBe(404);
  const rows = async (text: string): Promise<string[]> => (await site.app.sql.rows<{ text: string }>(text)).map((row) => row.text);
  expect(await rows('select text from review order by id')).toEqual(['By Ada.', '–']);
  expect(await rows('select text from review_comment order by id')).toEqual(['–', 'Cyd 2', '–', 'Ada 4', 'Cyd 10']);
  expect(await rows('select text from review_edit')).toEqual([]);
});

test('texts that are left stand under nobody’s name and lead to no profile, and nobody sees more of them than before', async () => {
  const open = await review('cyd', 'Left by Cyd.'),
    closed = await review('dee', 'For followers of Dee.');
  await site.post('ada', '/people/dee/follow');
  await site.post('dee', '/account/privacy', { level: 'followers' });
  expect((await site.browsers.ada.get(`/review/${closed}`)).status).toBe(200);
  await leave('cyd', 'keep');
  await leave('dee', 'keep');
  for (const path of [`/review/${open}`, `/film/${film}`, `/film/${film}/reviews`]) {
    const { status, text } = await site.browsers.ada.get(path);
    expect([path, status, text.includes('Left by Cyd.'), text.includes('Somebody who left')]).toEqual([path, 200, true, true]);
    expect(text).not.toMatch(/The cyd|people\/left_|\/people\/cyd|For followers of Dee/);
  }
  expect((await site.nobody.get(`/film/${film}`).set('accept-language', 'de')).text).toContain('Jemand, der gegangen ist');
  expect((await site.browsers.ada.get(`/review/${closed}`)).status).toBe(404);
});

describe('the next training', () => {
  const signals = () => site.app.recommender.signals();
  const train = (): Promise<Trained> =>
    trainTask(
      site.app.sql,
      plugins,
      { kind: 'train', algorithm: 'user-knn', settings: {}, seed: 1, signals: signals() },
      { signal: new AbortController().signal, progress() {} },
    );
  const load = (): Promise<LoadedData> => loadTrainingData(site.app.sql, plugins, signals());
  const preferencesOf = ({ data: { units, preferences } }: LoadedData, unit: number): number =>
    preferences.start[units.indexOf(unit) + 1]! - preferences.start[units.indexOf(unit)]!;

  test('knows nothing any more of whoever left: no rating, and no other sign of liking', async () => {
    const empty = await load();
    await site.post('ada', `/film/${film}/rating`, { stars: '4' });
    const without = await train();
    await site.post('eve', `/film/${site.films[0]}/rating`, { stars: '5' });
    await site.post('eve', `/film/${site.films[1]}/watchlist`);
    await site.post('eve', `/film/${site.films[2]}/dismiss`);
    await site.post('eve', `/film/${site.films[3]}/watched`);
    const { unit } = (await site.app.sql.one<{ unit: number }>('select id as unit from unit where account = $1', [await site.idOf('eve')]))!;
    const [before, trained] = [await load(), await train()];
    expect([before.data.units.includes(unit), preferencesOf(before, unit), trained.ratings]).toEqual([true, titles.length, 2]);
    expect(trained.fingerprint).not.toBe(without.fingerprint);

    await leave('eve', 'keep');
    const [after, again] = [await load(), await train()];
    expect([after.data.units.includes(unit), after.data.units.length, again.ratings]).toEqual([false, empty.data.units.length + 1, 1]);
    // The data is that of a site which she never came to, and so is the model.
    expect(again.fingerprint).toBe(without.fingerprint);
    expect(Buffer.from(again.bytes).equals(Buffer.from(without.bytes))).toBe(true);
  });
});
