import { Catalogues } from '../../recommend/ports.ts';
import { adjustmentOf } from '../../plugins/sharing/friends.ts';
import { socialSite, type SocialSite } from '../reviews/site.ts';

type People = 'ada' | 'bob' | 'cyd' | 'dee';
let site: SocialSite<People>, film: number, other: number;

beforeAll(async () => {
  site = await socialSite(
    ['ada', 'bob', 'cyd', 'dee'],
    Array.from({ length: 12 }, (_, i) => `Film ${i + 1}`),
  );
  [film, other] = site.films as [number, number];
  await site.post('ada', '/people/bob/follow');
});
afterAll(() => site.app.stop());

test('a film sent twice is one, comes with its note, and is counted until it is seen', async () => {
  expect((await site.browsers.bob.get(`/film/${film}/share`)).text).toContain('<option value="ada">The ada</option>');
  for (let i = 0; i < 2; i++) expect((await site.post('bob', `/film/${film}/share`, { to: '@Ada', note: 'For <b>you</b>' })).status).toBe(303);
  expect(await site.app.sql.rows('select from share')).toHaveLength(1);
  expect((await site.browsers.ada.get('/people')).text).toMatch(/href="\/inbox"[^]*?class="badge">1</);
  expect((await site.browsers.ada.get(`/film/${film}`)).text).toMatch(/The bob<\/a> recommends this film to you[^]*For &lt;b&gt;you&lt;\/b&gt;/);
  expect((await site.browsers.ada.get('/inbox')).text).toMatch(/Film 1[^]*For &lt;b&gt;you&lt;\/b&gt;/);
  expect((await site.browsers.ada.get('/people')).text).not.toMatch(
    /href="\/inbox"[^]*?class="badge">1<\/span><\/a>\s*<a class="nav-icon" href="\/notifications"/,
  );
  expect((await site.browsers.ada.get('/notifications')).text).toContain('recommends a film to you:');
});

test('strangers, blocked ones and nobody get the same answer', async () => {
  await site.post('cyd', '/people/bob/follow');
  await site.post('cyd', '/people/bob/block');
  const answers = await Promise.all(['cyd', 'dee', 'nobody_here'].map((to) => site.post('bob', `/film/${film}/share`, { to })));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  const said = answers.map(({ text }) => /role="alert">([^<]*)</.exec(text)?.[1]);
  expect(new Set(said)).toEqual(new Set(['There is no such person among those who follow you.']));
  expect(await site.app.sql.rows('select from share')).toHaveLength(1);
});

test.each([
  [{ to: '' }, 422],
  [{ to: 'ada', note: 'x'.repeat(501) }, 422],
  [{ to: 'bob' }, 404],
] as const)('%j answers %i', async (fields, status) => {
  expect((await site.post('bob', `/film/${other}/share`, fields)).status).toBe(status);
});

test('a film that is not there cannot be sent, and what came to somebody else cannot be removed', async () => {
  expect((await site.post('bob', '/film/99999/share', { to: 'ada' })).status).toBe(404);
  const [{ id }] = (await site.app.sql.rows<{ id: number }>('select id from share')) as [{ id: number }];
  expect((await site.post('dee', `/inbox/${id}/delete`)).status).toBe(404);
  expect((await site.browsers.dee.get(`/inbox/${id}/report`)).status).toBe(404);
  expect((await site.browsers.ada.get(`/inbox/${id}/report`)).text).toContain('Report this note');
});

test('what friends recommend or love comes onto the home page by their name, and even films that no algorithm knows become candidates', async () => {
  await site.post('bob', `/film/${other}/rating`, { stars: '4.5' });
  await site.post('bob', `/film/${site.films[2]}/rating`, { stars: '3.5' });
  const home = (await site.browsers.ada.get('/')).text;
  const row = /<h2 id="[^"]+">From people you follow<\/h2>[^]*?<\/section>/.exec(home)?.[0] ?? '';
  expect([...row.matchAll(/card-title">([^<]*)</g)].map(([, title]) => title)).toEqual(['Film 1', 'Film 2']);
  expect([...row.matchAll(/why">([^<]*)</g)].map(([, reason]) => reason)).toEqual(['The bob recommends it to you', 'The bob loved it']);
  expect((await site.browsers.ada.get(`/film/${other}/why`)).text).toContain('The bob loved it');
  expect((await site.browsers.dee.get('/')).text).not.toContain('From people you follow');
});

test('who is blocked vanishes from inbox, film page and home; what is removed goes, and may come again', async () => {
  await site.post('ada', '/people/bob/mute');
  expect((await site.browsers.ada.get('/')).text).not.toContain('From people you follow');
  expect((await site.browsers.ada.get('/inbox')).text).not.toContain('Film 1');
  await site.post('ada', '/people/bob/unmute');
  const [{ id }] = (await site.app.sql.rows<{ id: number }>('select id from share')) as [{ id: number }];
  await site.post('ada', `/inbox/${id}/delete`);
  expect((await site.browsers.ada.get('/inbox')).text).not.toContain('Film 1');
  await site.post('bob', `/film/${film}/share`, { to: 'ada', note: 'Really.' });
  expect((await site.browsers.ada.get('/inbox')).text).toContain('Really.');
  await site.post('ada', '/people/bob/block');
  expect((await site.browsers.ada.get('/inbox')).text).not.toContain('Film 1');
  expect((await site.browsers.ada.get(`/film/${film}`)).text).not.toContain('recommends this film to you');
});

test('weights are standard deviations; love adds up to three people, a recommendation speaks first', () => {
  const catalogue = site.app.host.find(Catalogues)!.current();
  const at = (id: number): number => catalogue.position(id)!;
  const rows = [
    { film, name: 'Ada', n: 0 },
    { film, name: 'Bob', n: 2 },
    { film: other, name: 'Cyd', n: 7 },
    { film: 99_999, name: 'Nobody', n: 1 },
  ];
  const { boost, reasons, asides } = adjustmentOf(rows, catalogue, { recommended: 0.5, loved: 0.25 })!;
  expect([boost!.get(at(film)), boost!.get(at(other)), boost!.size]).toEqual([1, 0.75, 2]);
  expect([...reasons!]).toEqual([[at(film), 'Ada recommends it to you']]);
  expect([...asides!]).toEqual([
    [at(film), 'Bob and one more person you follow loved it'],
    [at(other), 'Cyd and 6 more people you follow loved it'],
  ]);
  expect(adjustmentOf([], catalogue, { recommended: 1, loved: 1 })).toBeUndefined();
});
