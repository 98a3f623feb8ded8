import { socialSite, type SocialSite } from './site.ts';

type People = 'ada' | 'bob' | 'cyd';
let site: SocialSite<People>, film: number, review: string;

beforeAll(async () => {
  site = await socialSite(['ada', 'bob', 'cyd'], ['Stalker', 'Solaris', 'Mirror']);
  film = site.films[0]!;
  await site.post('ada', '/people/bob/follow');
  await site.post('bob', `/film/${film}/rating`, { stars: '4.5' });
  review = (await site.post('bob', `/film/${film}/review`, { text: 'Into the zone.\r\n\r\n<i>Slowly</i>.', spoiler: 'on', author: '1', version: '' }))
    .headers['location'] as string;
});
afterAll(() => site.app.stop());
const form = (n: number): string => `form-${n}-of-this-test`;

test('a review stands on the film page with its stars, folded away when it gives the story away, and in the feed of followers', async () => {
  const page = (await site.nobody.get(`/film/${film}`)).text;
  expect(page).toMatch(/<details class="spoiler"><summary>.*<\/summary><p class="told">Into the zone\.\n\n&lt;i&gt;Slowly&lt;\/i&gt;\.<\/p>/);
  expect(page).toMatch(/The bob<\/a>[\s\S]*?4\.5/);
  expect((await site.browsers.ada.get('/feed')).text).toMatch(
    /The bob<\/a>\s+reviewed[\s\S]*?<details class="spoiler"><summary>.*<\/summary><p class="told">Into the zone\./,
  );
  expect((await site.browsers.ada.get('/people/bob/reviews')).text).toContain('1 review<');
});

test('among what people do a long review stands with its beginning, in whole words', async () => {
  const words = 'Patience '.repeat(40).trim();
  const { location } = (await site.post('bob', `/film/${site.films[2]}/review`, { text: words })).headers as { location: string };
  for (const path of ['/feed', '/people/bob']) {
    const page = (await site.browsers.ada.get(path)).text;
    expect(page).toContain(`<p class="told">${'Patience '.repeat(31).trim()} …</p>`);
    expect(page).toContain(`<a href="${location}">Read on</a>`);
  }
  await site.post('bob', `${location}/delete`);
});

test('the same form sent twice is one review; a stale one is refused and what was typed is kept', async () => {
  const before = await site.app.sql.rows('select from review');
  await site.post('bob', `/film/${film}/review`, { text: 'Into the zone.\n\n<i>Slowly</i>.', spoiler: 'on', version: '' });
  expect(await site.app.sql.rows('select from review')).toHaveLength(before.length);
  expect((await site.post('bob', `/film/${film}/review`, { text: 'Better.', version: '1' })).headers['location']).toBe(review);
  const stale = await site.post('bob', `/film/${film}/review`, { text: 'From another tab.', version: '1' });
  expect([stale.status, stale.text.includes('From another tab.'), stale.text.includes('Somebody else changed this review')]).toEqual([
    409,
    true,
    true,
  ]);
  const edits = await site.browsers.ada.get(`${review}/edits`);
  expect(edits.text).toMatch(/<details class="spoiler">[\s\S]*Into the zone\./);
  expect(await site.app.sql.rows('select version, text from review_edit')).toMatchObject([{ version: 1 }]);
});

test.each([
  [{ text: '  \u0000 ' }, 422],
  [{ text: 'x'.repeat(10_001) }, 422],
  [{}, 422],
] as const)('a review without fitting words is refused: %#', async (fields, status) => {
  const answer = await site.post('cyd', `/film/${film}/review`, fields);
  expect([answer.status, answer.text.includes('id="text-error"')]).toEqual([status, true]);
});

test('likes count once, not for oneself, and the author is told once', async () => {
  for (let i = 0; i < 2; i++) await site.post('ada', `${review}/like`);
  expect((await site.post('bob', `${review}/like`)).status).toBe(404);
  expect((await site.browsers.bob.get('/notifications')).text.match(/likes your review of/g)).toHaveLength(1);
  expect((await site.nobody.get(review)).text).toContain('1 like<');
  await site.post('ada', `${review}/like/delete`);
  expect((await site.nobody.get(review)).text).toContain('0 likes<');
  await site.post('ada', `${review}/like`);
});

test('comments form threads of bounded depth; an answer to a comment elsewhere is refused; a form sent twice is one comment', async () => {
  const comment = async (who: People, n: number, text: string, parent: string | number = '') =>
    site.post(who, `${review}/comments`, { text, parent, form: form(n) });
  const idIn = (location: string): number => Number(/comment-(\d+)/.exec(location)![1]);
  let parent: number | '' = '';
  for (let depth = 0; depth <= 4; depth++)
    parent = idIn((await comment(depth % 2 ? 'bob' : 'ada', depth, `Depth ${depth}`, parent)).headers['location']!);
  expect((await comment('ada', 9, 'Too deep', parent)).status).toBe(422);
  expect((await comment('ada', 0, 'Depth 0')).headers['location']).toContain('#comment-');
  const other = (await site.post('cyd', `/film/${site.films[1]}/review`, { text: 'Another film.' })).headers['location'] as string;
  const foreign = await site.post('ada', `${other}/comments`, { text: 'Lost', parent, form: form(10) });
  expect([foreign.status, foreign.text.includes('This comment belongs to another review')]).toEqual([422, true]);
  const page = (await site.nobody.get(review)).text;
  expect([...page.matchAll(/Depth (\d)/g)].map(([, depth]) => depth)).toEqual(['0', '1', '2', '3', '4']);
  expect((await site.browsers.bob.get('/notifications')).text).toMatch(/answered your comment|commented on your review/);
  // What was answered keeps its place, what was not goes.
  const [first] = await site.app.sql.rows<{ id: number }>('select id from review_comment where depth = 0');
  await site.post('ada', `/comment/${first!.id}/delete`);
  await site.post('ada', `/comment/${parent}/delete`);
  const after = (await site.nobody.get(review)).text;
  expect([after.includes('Depth 0'), after.includes('This comment is gone.'), after.includes('Depth 1'), after.includes('Depth 4')]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect((await site.post('bob', `/comment/${first!.id}/delete`)).status).toBe(404);
});

test('addresses in a text are links only for accounts that are not new, and search engines do not follow them', async () => {
  const text = 'See https://example.org/a?b=1&c=2, or javascript:alert(1)';
  const at = (await site.post('cyd', `/film/${site.films[2]}/review`, { text })).headers['location'] as string;
  expect((await site.nobody.get(at)).text).toContain('<p class="told">See https://example.org/a?b&#x3D;1&amp;c&#x3D;2, or javascript:alert(1)</p>');
  await site.app.sql.rows(`update account set created_at = now() - interval '8 days' where handle = 'cyd'`);
  expect((await site.nobody.get(at)).text).toContain(
    'See <a href="https://example.org/a?b&#x3D;1&amp;c&#x3D;2" rel="nofollow ugc noopener">https://example.org/a?b&#x3D;1&amp;c&#x3D;2</a>, or javascript:alert(1)',
  );
});

test('who is blocked sees neither review nor comments, and what was theirs is gone for the other', async () => {
  await site.post('cyd', `${review}/comments`, { text: 'By somebody who will be blocked', parent: '', form: form(20) });
  await site.post('bob', '/people/cyd/block');
  expect((await site.browsers.cyd.get(review)).status).toBe(404);
  expect((await site.browsers.cyd.get(`/film/${film}`)).text).not.toContain('Better.');
  expect((await site.post('cyd', `${review}/comments`, { text: 'Again', parent: '', form: form(21) })).status).toBe(404);
  expect((await site.browsers.bob.get(review)).text).not.toContain('By somebody who will be blocked');
  expect((await site.browsers.ada.get(review)).text).toContain('By somebody who will be blocked');
  await site.post('bob', '/people/cyd/unblock');
});

test('a deleted review is gone everywhere, and another one may be written', async () => {
  expect((await site.post('ada', `${review}/delete`)).status).toBe(404);
  await site.post('bob', `${review}/delete`);
  expect((await site.nobody.get(review)).status).toBe(404);
  expect((await site.browsers.ada.get('/feed')).text).not.toContain('reviewed');
  expect((await site.post('bob', `/film/${film}/review`, { text: 'Once more.' })).status).toBe(303);
});
