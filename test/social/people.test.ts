import { plugins } from '../../config/plugins.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

let app: Booted, films: number[];
const people = ['ada', 'bob', 'cyd', 'dee'] as const;
const browsers = {} as Record<(typeof people)[number] | 'nobody', Browser>;

beforeAll(async () => {
  app = await bootApp({ plugins });
  films = await addFilms(app, [{ title: 'Stalker' }, { title: 'Solaris' }, { title: 'Mirror' }]);
  browsers.nobody = app.browser();
  for (const handle of people) {
    browsers[handle] = app.browser();
    await browsers[handle].post(
      '/sign-up',
      { name: handle.toUpperCase(), handle, email: `${handle}@example.org`, password: 'a long enough phrase' },
      '/sign-up',
    );
  }
});
afterAll(() => app.stop());

const post = (who: (typeof people)[number], path: string, fields = {}) => browsers[who].post(path, fields, '/account');
const level = (who: (typeof people)[number], to: string) => post(who, '/account/privacy', { level: to });

test('a request waits for an answer; once accepted, the profile is open and both are told', async () => {
  await level('bob', 'followers');
  await post('bob', `/film/${films[0]}/rating`, { stars: '5' });
  expect((await browsers.ada.get('/people/bob')).text).toMatch(/For followers only[\s\S]*Ask to follow|Ask to follow[\s\S]*For followers only/);
  await post('ada', '/people/bob/follow');
  await post('ada', '/people/bob/follow');
  expect((await app.sql.rows('select from follow_request')).length).toBe(1);
  expect((await browsers.ada.get('/people/bob')).text).toContain('Take back my request');
  expect((await browsers.bob.get('/')).text).toMatch(/class="badge">1</);
  expect((await browsers.bob.get('/notifications')).text).toMatch(/They ask to follow you[\s\S]*ADA/);
  expect((await browsers.bob.get('/')).text).not.toContain('class="badge"');
  await post('bob', '/people/ada/accept');
  expect((await browsers.ada.get('/people/bob')).text).toMatch(/Stalker/);
  expect((await browsers.ada.get('/feed')).text).toMatch(/Stalker/);
  expect((await browsers.ada.get('/notifications')).text).toMatch(/BOB<\/a> lets you follow/);
  expect((await post('bob', '/people/ada/accept')).status).toBe(404);
});

test('a mute keeps what somebody does out of the feed, and nothing else', async () => {
  await post('ada', '/people/bob/mute');
  expect((await browsers.ada.get('/feed')).text).not.toMatch(/Stalker/);
  expect((await browsers.ada.get('/people/bob')).text).toMatch(/Stalker/);
  expect((await browsers.ada.get('/account/privacy')).text).toMatch(/@bob/);
  await post('ada', '/people/bob/unmute');
  expect((await browsers.ada.get('/feed')).text).toMatch(/Stalker/);
});

test('a block parts both, and each looks to the other like nobody at all', async () => {
  await post('cyd', '/people/ada/follow');
  const nobody = await browsers.ada.get('/people/nobody_here');
  expect((await post('ada', '/people/cyd/block')).headers['location']).toBe('/account/privacy');
  for (const [reader, owner] of [
    ['ada', 'cyd'],
    ['cyd', 'ada'],
  ] as const) {
    const page = await browsers[reader].get(`/people/${owner}`);
    expect([page.status, page.text.includes('There is no such person.')]).toEqual([nobody.status, nobody.text.includes('There is no such person.')]);
    expect((await browsers[reader].get(`/people?q=${owner}`)).text).not.toContain(`@${owner}`);
    expect((await post(reader, `/people/${owner}/follow`)).status).toBe(404);
  }
  expect((await browsers.dee.get('/people/ada/followers')).text).not.toContain('@cyd');
  expect((await post('cyd', '/people/ada/unblock')).status).toBe(404);
  await post('ada', '/people/cyd/unblock');
  expect((await browsers.ada.get('/people/cyd')).status).toBe(200);
});

test('somebody private is in no list and no count', async () => {
  await post('dee', '/people/cyd/follow');
  expect((await browsers.ada.get('/people/cyd')).text).toContain('1 follower<');
  await level('dee', 'private');
  expect((await browsers.ada.get('/people/cyd')).text).toContain('0 followers<');
  expect((await browsers.ada.get('/people/cyd/followers')).text).not.toContain('@dee');
  expect((await browsers.cyd.get('/notifications')).text).not.toContain('DEE');
  expect((await browsers.ada.get('/people/dee')).status).toBe(404);
  expect((await browsers.dee.get('/people/dee')).status).toBe(200);
  await level('dee', 'public');
});

test('who becomes public has accepted whoever waited', async () => {
  await level('cyd', 'followers');
  await post('bob', '/people/cyd/follow');
  await level('cyd', 'public');
  expect((await browsers.ada.get('/people/cyd/followers')).text).toContain('@bob');
});

test.each([
  ['ada', '/people/ada/follow', 422],
  ['ada', '/people/ada/block', 422],
  ['ada', '/people/ada/mute', 422],
  ['ada', '/people/dee/decline', 404],
  ['ada', '/people/nobody_here/block', 404],
  ['ada', '/account/privacy', 422],
] as const)('%s: %s answers %i', async (who, path, status) => {
  expect((await post(who, path, { level: 'friends' })).status).toBe(status);
});

test('the feed of a person is RSS with everything escaped, not sent again to whoever has it, and only for who is public', async () => {
  await app.sql.rows(`update account set name = '<b>&"' || chr(1) where handle = 'dee'`);
  await post('dee', `/film/${films[1]}/rating`, { stars: '4' });
  // Every request of the test goes to another port, which would stand in the addresses.
  const ask = () => browsers.nobody.get('/people/dee/feed.xml').set('host', 'localhost');
  const feed = await ask();
  expect([feed.status, feed.headers['content-type']]).toEqual([200, 'application/rss+xml; charset=utf-8']);
  expect(feed.text).toContain('<title>&lt;b&gt;&amp;&quot; on Marquee</title>');
  expect(feed.text).toContain('<title>Solaris: 4 of 5 stars</title>');
  expect((await ask().set('if-none-match', feed.headers['etag']!)).status).toBe(304);
  expect((await browsers.ada.get('/people/bob/feed.xml')).status).toBe(404);
});

test('a feed tells many ratings as one, and its pages leave nothing out and nothing twice', async () => {
  const many = await addFilms(
    app,
    Array.from({ length: 90 }, (_, i) => ({ title: `Part ${i + 1}` })),
  );
  const { unit } = (await app.sql.one<{ unit: number }>(
    `select u.id as unit from unit u join account a on a.id = u.account where a.handle = 'dee'`,
  ))!;
  // An import: one and the same moment for all of them.
  await app.sql.rows(`insert into rating (unit, film, stars, rated_at) select $1, unnest($2::integer[]), 4, '2026-01-05T12:00:00Z'`, [unit, many]);
  await post('ada', '/people/dee/follow');
  let path: string | undefined = '/feed',
    told = 0,
    pages = 0;
  while (path && pages < 10) {
    const { text }: { text: string } = await browsers.ada.get(path);
    for (const [, n] of text.matchAll(/rated (\d+) films/g)) told += Number(n);
    path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&#x3D;', '=');
    pages++;
  }
  expect([told, pages]).toEqual([90, 2]);
});
