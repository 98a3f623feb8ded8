import { socialSite, type SocialSite } from './site.ts';

let site: SocialSite<'ada' | 'bob'>, film: number, list: number, review: number, entry: number, comment: number;

beforeAll(async () => {
  site = await socialSite(['ada', 'bob'], ['Stalker']);
  film = site.films[0]!;
  const idIn = (location: string | undefined): number => Number(/\/(\d+)/.exec(location!)![1]);
  list = idIn((await site.post('ada', '/lists', { name: 'Slow ones', film })).headers['location']);
  review = idIn((await site.post('bob', `/film/${film}/review`, { text: 'Into the zone.' })).headers['location']);
  const said = await site.post('bob', `/review/${review}/comments`, { text: 'Hello?', parent: '', form: 'form-of-this-test' });
  comment = Number(/comment-(\d+)/.exec(said.headers['location']!)![1]);
  await site.post('bob', '/people/ada/follow');
  await site.post('ada', `/film/${film}/watchlist`);
  await site.post('ada', `/film/${film}/diary`, { watched_on: '2020-02-02' });
  entry = (await site.app.sql.one<{ id: number }>('select id from diary_entry'))!.id;
});
afterAll(() => site.app.stop());

interface Case {
  readonly name: string;
  readonly path: () => string;
  readonly fields: () => Record<string, string>;
  /** id of the field that is wrong */
  readonly at: () => string;
  readonly shown: readonly string[];
}
const form = (name: string, path: () => string, fields: Record<string, string>, at: string | (() => string), ...shown: string[]): Case => ({
  name,
  path,
  fields: () => fields,
  at: typeof at === 'string' ? () => at : at,
  shown,
});
const long = 'l'.repeat(2001),
  longer = 'n'.repeat(501);
const cases: readonly Case[] = [
  form('a new list', () => '/lists', { name: '', description: 'Kept words', public: '1' }, 'list-name', '>Kept words<', 'value="1" checked'),
  form('a new list with too many words', () => '/lists', { name: 'Kept name', description: long }, 'list-description', 'value="Kept name"', long),
  form('a list', () => `/list/${list}`, { name: ' ', description: 'Kept words', version: '1' }, 'list-name', '>Kept words<'),
  form(
    'a note on a list',
    () => `/list/${list}/film/${film}/note`,
    { note: longer },
    () => `note-${film}`,
    longer,
  ),
  form(
    'a note on the watchlist',
    () => `/film/${film}/watchlist/note`,
    { note: longer },
    () => `note-${film}`,
    longer,
  ),
  form(
    'a day to come',
    () => `/film/${film}/diary`,
    { watched_on: '2999-01-01', rewatch: '1' },
    'watched-on',
    'value="2999-01-01"',
    'value="1" checked',
  ),
  form('no day', () => `/film/${film}/diary`, { watched_on: 'soon' }, 'watched-on', 'value="soon"'),
  form('a diary entry', () => `/diary/${entry}`, { watched_on: '1812-01-01' }, 'watched-on', 'value="1812-01-01"', 'Remove'),
  form('a comment', () => `/review/${review}/comments`, { text: long, parent: '', form: 'a-form-that-fits' }, 'comment', long),
  {
    name: 'an answer',
    path: () => `/review/${review}/comments`,
    fields: () => ({ text: ' ', parent: String(comment), form: 'another-form-fits' }),
    at: () => `comment${comment}`,
    shown: ['Your answer to'],
  },
  form('a review', () => `/film/${film}/review`, { text: '', spoiler: 'on' }, 'text', 'checked'),
  form('a report', () => `/review/${review}/report`, { note: 'Kept words' }, 'reason', '>Kept words<'),
  form('a film for a friend', () => `/film/${film}/share`, { to: '', note: 'Kept words' }, 'to', '>Kept words<'),
  form('privacy', () => '/account/privacy', { level: 'friends' }, 'level', 'Choose who may see it.'),
  form('the profile', () => '/account', { name: '', bio: 'Kept words' }, 'name', '>Kept words<'),
  form('a language', () => '/account/preferences', { language: 'tlh' }, 'language', 'Choose one of the languages.'),
  form('leaving', () => '/account/delete', { texts: 'keep', sure: 'yes', current: 'not my password' }, 'current', 'value="keep" checked'),
];

test.each(cases)('$name that is refused comes back as it was typed, and says beside the field what is wrong', async ({ path, fields, at, shown }) => {
  const { status, text } = await site.post('ada', path(), fields());
  expect([status, text.includes(`id="${at()}-error"`)]).toEqual([422, true]);
  expect(text).toMatch(new RegExp(`aria-describedby="${at()}-error[" ]`));
  for (const part of shown) expect(text).toContain(part);
});

test('a picture that is none is refused beside its field', async () => {
  const { agent } = site.browsers.ada;
  const answer = await agent
    .post('/account/avatar')
    .set('accept', 'text/html')
    .set('sec-fetch-site', 'same-origin')
    .attach('picture', Buffer.from('none'), 'me.png');
  expect([answer.status, answer.text.includes('id="picture-error"')]).toEqual([422, true]);
});

test('a list that was changed in another tab, and one too many, come back with the words above them', async () => {
  const stale = await site.post('ada', `/list/${list}`, { name: 'From another tab', version: '7' });
  expect([stale.status, stale.text.includes('Somebody else changed this list'), stale.text.includes('value="From another tab"')]).toEqual([
    409,
    true,
    true,
  ]);
  await site.app.sql.rows(
    `insert into film_list (account, name, created_at, updated_at) select $1, 'Many', now(), now() from generate_series(1, 199)`,
    [await site.idOf('ada')],
  );
  const many = await site.post('ada', '/lists', { name: 'One more' });
  expect([many.status, many.text.includes('You have 200 lists already'), many.text.includes('value="One more"')]).toEqual([409, true, true]);
});

test('a program gets the error itself', async () => {
  const { ada } = site.browsers,
    csrf = await ada.token('/account');
  const answer = await ada.agent.post('/lists').set('accept', 'application/json').type('form').send({ name: '', csrf });
  expect([answer.status, answer.body]).toMatchObject([422, { error: { code: 'INVALID', fields: { name: 'Give the list a name.' } } }]);
});
