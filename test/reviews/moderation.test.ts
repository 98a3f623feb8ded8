import { decide, endSuspension, open, showAgain } from '../../plugins/moderation/queue.ts';
import { notifications } from '../../plugins/social/notifications/store.ts';
import { socialSite, type SocialSite } from './site.ts';

let site: SocialSite<'ada' | 'bob' | 'mod'>, review: string, id: number;

beforeAll(async () => {
  site = await socialSite(['ada', 'bob', 'mod'], ['Stalker']);
  await site.app.sql.rows(`update account set role = 'manager' where handle = 'mod'`);
  review = (await site.post('bob', `/film/${site.films[0]}/review`, { text: 'Buy my tapes.' })).headers['location'] as string;
  id = Number(review.split('/')[2]);
});
afterAll(() => site.app.stop());

test('a report is stored once with what was said, and one’s own is refused', async () => {
  const page = await site.browsers.ada.get(`${review}/report`);
  expect(page.text).toMatch(/Report this review[\s\S]*Buy my tapes\./);
  expect((await site.post('ada', `${review}/report`, { reason: 'boring' })).status).toBe(422);
  for (let i = 0; i < 2; i++) expect((await site.post('ada', `${review}/report`, { reason: 'spam', note: 'Again!' })).status).toBe(303);
  expect((await site.post('bob', `${review}/report`, { reason: 'spam' })).status).toBe(422);
  expect(await site.app.sql.rows('select kind, subject, excerpt, reason, note from report')).toEqual([
    { kind: 'review', subject: id, excerpt: 'Buy my tapes.', reason: 'spam', note: 'Again!' },
  ]);
  expect((await site.nobody.get(`${review}/report`)).headers['location']).toMatch(/^\/sign-in/);
});

const at = new Date();
const decision = async (body: object): Promise<void> => {
  const operator = await site.idOf('mod');
  await site.app.sql.transaction((tx) => decide(tx, body, operator, at, notifications));
};
const actions = async (): Promise<string[]> =>
  (await site.app.sql.rows<{ action: string }>('select action from audit_log order by id')).map(({ action }) => action);

test('hiding takes a review away from everybody but its author, who is told; it is audited and can be taken back', async () => {
  expect(await open(site.app.sql)).toMatchObject([
    { kind: 'review', subject: id, count: 1, handle: 'bob', words: [{ reason: 'spam', note: 'Again!', reporter: 'ada' }] },
  ]);
  await decision({ kind: 'review', subject: id, action: 'hide', words: 'No advertising, please.' });
  expect((await site.browsers.ada.get(review)).status).toBe(404);
  expect((await site.nobody.get(`/film/${site.films[0]}`)).text).not.toContain('Buy my tapes.');
  expect((await site.nobody.get('/people/bob/reviews')).text).not.toContain('Buy my tapes.');
  expect((await site.nobody.get('/people/bob')).text).not.toContain('reviewed');
  expect((await site.browsers.bob.get(review)).text).toContain('The moderators have hidden this');
  expect((await site.browsers.bob.get('/notifications')).text).toContain('No advertising, please.');
  await expect(decision({ kind: 'review', subject: id, action: 'dismiss' })).rejects.toMatchObject({ status: 409 });
  await site.app.sql.transaction(async (tx) => showAgain(tx, { kind: 'review', subject: id }, await site.idOf('mod')));
  expect((await site.browsers.ada.get(review)).status).toBe(200);
  expect(await actions()).toEqual(['moderation.hide', 'moderation.show']);
});

test('who is suspended can read and rate, but write nothing, until it is over', async () => {
  await site.post('ada', `${review}/report`, { reason: 'insult' });
  await decision({ kind: 'review', subject: id, action: 'suspend', days: 3 });
  const refused = await site.post('bob', `/film/${site.films[0]}/review`, { text: 'Buy them now.', version: '1' });
  expect([refused.status, refused.text.includes('The moderators have stopped you from writing until')]).toEqual([403, true]);
  expect((await site.post('bob', '/people/ada/follow')).status).toBe(403);
  expect((await site.post('bob', `/film/${site.films[0]}/rating`, { stars: '3' })).status).toBe(303);
  await site.app.sql.transaction(async (tx) => endSuspension(tx, await site.idOf('bob'), await site.idOf('mod')));
  expect((await site.post('bob', `/film/${site.films[0]}/review`, { text: 'Sorry.', version: '1' })).status).toBe(303);
});

describe('lists', () => {
  let list: number;
  beforeAll(async () => {
    const made = await site.post('bob', '/lists', { name: 'Tapes for sale', public: '1', film: site.films[0]! });
    list = Number(made.headers['location']!.split('/')[2]);
    await site.post('bob', `/list/${list}/film/${site.films[0]}/note`, { note: 'Ten a piece.' });
    await site.post('ada', '/people/bob/follow');
  });

  test('are reported with what they say, and hidden from everybody but their owner, until shown again', async () => {
    expect((await site.browsers.ada.get(`/list/${list}`)).text).toContain(`/list/${list}/report`);
    expect((await site.browsers.ada.get(`/list/${list}/report`)).text).toMatch(/Report this list[\s\S]*Tapes for sale\nTen a piece\./);
    expect((await site.post('ada', `/list/${list}/report`, { reason: 'spam' })).status).toBe(303);
    expect(await open(site.app.sql)).toMatchObject([{ kind: 'list', subject: list, handle: 'bob', href: `/list/${list}` }]);
    const pages = ['/lists', `/film/${site.films[0]}`, '/people/bob', '/feed', '/people/bob/feed.xml'];
    const seen = async (): Promise<boolean[]> =>
      Promise.all(pages.map(async (page) => (await site.browsers.ada.get(page)).text.includes('Tapes for sale')));
    expect(await seen()).toEqual([true, true, true, true, true]);
    await decision({ kind: 'list', subject: list, action: 'hide' });
    expect(await seen()).toEqual([false, false, false, false, false]);
    expect((await site.browsers.ada.get(`/list/${list}`)).status).toBe(404);
    expect((await site.post('ada', `/list/${list}/like`)).status).toBe(404);
    expect((await site.browsers.bob.get(`/list/${list}`)).text).toContain('The moderators have hidden this list');
    await site.app.sql.transaction(async (tx) => showAgain(tx, { kind: 'list', subject: list }, await site.idOf('mod')));
    expect(await seen()).toEqual([true, true, true, true, true]);
    expect((await actions()).slice(-2)).toEqual(['moderation.hide', 'moderation.show']);
  });

  test('cannot be published, nor changed where others read them, by somebody suspended; private ones can', async () => {
    await site.post('ada', `/list/${list}/report`, { reason: 'spam' });
    await decision({ kind: 'list', subject: list, action: 'suspend', days: 1 });
    const own = Number((await site.post('bob', '/lists', { name: 'For me' })).headers['location']!.split('/')[2]);
    const tries: [string, Record<string, string>, number][] = [
      ['/lists', { name: 'More tapes', public: '1' }, 403],
      [`/list/${own}`, { name: 'More tapes', public: '1', version: '1' }, 403],
      [`/list/${own}`, { name: 'Still for me', version: '1' }, 303],
      [`/list/${own}/film`, { film: String(site.films[0]) }, 303],
      [`/list/${list}`, { name: 'Better tapes', public: '1', version: '1' }, 403],
      [`/list/${list}/film`, { film: String(site.films[0]) }, 403],
      [`/list/${list}/film/${site.films[0]}/note`, { note: 'Nine a piece.' }, 403],
      [`/list/${list}`, { name: 'Tapes for sale', version: '1' }, 303],
    ];
    for (const [path, fields, status] of tries) expect([path, fields, (await site.post('bob', path, fields)).status]).toEqual([path, fields, status]);
    expect(await site.app.sql.rows('select name, public from film_list order by id')).toEqual([
      { name: 'Tapes for sale', public: false },
      { name: 'Still for me', public: false },
    ]);
    await site.app.sql.transaction(async (tx) => endSuspension(tx, await site.idOf('bob'), await site.idOf('mod')));
  });
});

test('an operator cannot be suspended, and nothing is half decided', async () => {
  await site.post('ada', '/people/mod/report', { reason: 'other' });
  const [{ subject }] = (await open(site.app.sql)) as [{ subject: number }];
  await expect(decision({ kind: 'person', subject, action: 'suspend' })).rejects.toMatchObject({ status: 409 });
  expect(await open(site.app.sql)).toHaveLength(1);
  await decision({ kind: 'person', subject, action: 'dismiss' });
  expect(await open(site.app.sql)).toEqual([]);
});

test('one account writes so much in an hour and no more', async () => {
  await site.app.sql.rows(
    `insert into written (account, kind, at) select id, 'comment', now() from account, generate_series(1, 60) where handle = 'ada'`,
  );
  const answer = await site.post('ada', `${review}/comments`, { text: 'One too many', parent: '', form: 'a-form-of-this-test' });
  expect([answer.status, answer.text.includes('Too many attempts'), answer.text.includes('One too many')]).toEqual([429, true, true]);
});
