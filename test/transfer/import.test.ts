import accounts from '../../plugins/accounts/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import diary from '../../plugins/diary/index.ts';
import history from '../../plugins/history/index.ts';
import moderation from '../../plugins/moderation/index.ts';
import reviews from '../../plugins/reviews/index.ts';
import social from '../../plugins/social/index.ts';
import transfer from '../../plugins/transfer/index.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { member, type Member } from '../accounts/site.ts';
import { letterboxdExport, zipOf } from './zip.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';

let app: Booted, heat: number, amelie: number, clerks: number;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts, catalogue, history, watchlist, diary, moderation, social, reviews, transfer] });
  [heat, amelie, clerks] = (await addFilms(app, [
    { title: 'Heat', year: 1995 },
    { title: 'Amélie (Le Fabuleux destin)', year: 2001 },
    { title: 'Clerks.', year: 1994 },
    { title: 'Twins', year: 2000 },
    { title: 'The Twins', year: 2000 },
    { title: 'Hidden', year: 2005, hidden: true },
  ])) as [number, number, number];
  await app.sql.rows('update film set imdb_id = 109445 where id = $1', [clerks]);
});
afterAll(() => app.stop());

const upload = (somebody: Member, csv: string | Buffer, name = 'ratings.csv', fields: Record<string, string> = {}) => {
  const form = somebody.browser.agent.post('/account/import').set('accept', 'text/html').set('sec-fetch-site', 'same-origin');
  for (const [key, value] of Object.entries(fields)) void form.field(key, value);
  return form.attach('file', Buffer.from(csv), name);
};
/** Uploads, takes everything but the unsure lines named, and runs the job. @returns the page of the file */
async function bring(
  somebody: Member,
  csv: string | Buffer,
  options: { name?: string; kinds?: string[]; replace?: boolean; lines?: string[] } = {},
): Promise<string> {
  const { headers } = await upload(somebody, csv, options.name);
  const page = headers['location']!,
    fields = { kind: options.kinds ?? ['ratings', 'watched', 'watchlist'], line: options.lines ?? [], ...(options.replace && { replace: 'on' }) };
  const csrf = await somebody.browser.token(page);
  await somebody.browser.agent
    .post(page)
    .type('form')
    .send(
      new URLSearchParams([['csrf', csrf], ...Object.entries(fields).flatMap(([key, value]) => [value].flat().map((one) => [key, one]))]).toString(),
    );
  const job = app.memoryJobs.queue.pop()!;
  await app.memoryJobs.run(job.name, job.payload);
  return page;
}
const ratingsOf = (somebody: Member) =>
  app.sql.rows<{ film: number; stars: number; day: string }>(
    `select r.film, r.stars, to_char(r.rated_at at time zone 'UTC', 'YYYY-MM-DD') as day from rating r join unit u on u.id = r.unit where u.account = $1 order by film`,
    [somebody.id],
  );
const watchedBy = (somebody: Member) =>
  app.sql.rows('select w.film from watch w join unit u on u.id = w.unit where u.account = $1 order by film', [somebody.id]);

const letterboxd = `Date,Name,Year,Rating
2024-01-31,Heat,1995,4.5
2024-02-01,Amelie,2002,3
2024-02-02,Nowhere,1990,5
2024-02-03,Twins,2000,5
2024-02-04,Hidden,2005,5
2024-02-05,Heat,1995,11
`;

test('the preview tells what is sure, what to look at, and why a line cannot be taken; nothing is taken yet', async () => {
  const somebody = await member(app);
  const { status, headers } = await upload(somebody, letterboxd);
  expect(status).toBe(303);
  const { text } = await somebody.browser.get(headers['location']!);
  for (const words of [
    '1 film recognised',
    '1 film to look at',
    '4 lines that cannot be taken',
    'There is no film of this title and year here.',
    'Several films have this title in these years.',
    'The rating is none that there is.',
  ])
    expect(text).toContain(words);
  expect(await ratingsOf(somebody)).toEqual([]);
});

test('what was chosen is taken with its day; the same file again doubles nothing', async () => {
  const somebody = await member(app);
  const both = [
    { film: heat, stars: 4.5, day: '2024-01-31' },
    { film: amelie, stars: 3, day: '2024-02-01' },
  ];
  const page = await bring(somebody, letterboxd, { lines: ['3'] });
  expect(await ratingsOf(somebody)).toEqual(both);
  expect(await watchedBy(somebody)).toHaveLength(2);
  expect((await somebody.browser.get(page)).text).toContain('Ratings: 2');
  const again = await bring(somebody, letterboxd, { lines: ['3'] });
  expect(await ratingsOf(somebody)).toEqual(both);
  expect((await somebody.browser.get(again)).text).toContain('Ratings: 0');
});

test('an unsure line that was unticked, and a kind that was not chosen, is left out', async () => {
  const somebody = await member(app);
  await bring(somebody, letterboxd, { kinds: ['watched'] });
  expect([await ratingsOf(somebody), await watchedBy(somebody)]).toEqual([[], [{ film: heat }]]);
});

test('a rating given here stays, unless the file is to count', async () => {
  const somebody = await member(app);
  await somebody.browser.post(`/film/${heat}/rating`, { stars: '1' }, '/account');
  await bring(somebody, letterboxd);
  expect(await ratingsOf(somebody)).toEqual([expect.objectContaining({ film: heat, stars: 1 })]);
  await bring(somebody, letterboxd, { replace: true });
  expect(await ratingsOf(somebody)).toEqual([{ film: heat, stars: 4.5, day: '2024-01-31' }]);
});

test('a watchlist is known by its name, and a film by its IMDb id whatever its title', async () => {
  const somebody = await member(app);
  await bring(somebody, 'Position,Const,Created,Title,Year\n1,tt0109445,2024-05-01,Something else,1960\n', { name: 'WATCHLIST.csv' });
  expect(
    await app.sql.rows(`select film, to_char(added_at at time zone 'UTC', 'YYYY-MM-DD') as day from watchlist_item where account = $1`, [
      somebody.id,
    ]),
  ).toEqual([{ film: clerks, day: '2024-05-01' }]);
  expect(await ratingsOf(somebody)).toEqual([]);
});

test('diary and reviews go where they belong, once', async () => {
  const somebody = await member(app);
  const csv = `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date
2024-03-03,Heat,1995,x,4,Yes,"Slow, and <i>good</i>.",,2024-03-01
2024-05-03,Heat,1995,x,5,Yes,Even better.,,2024-05-01
`;
  for (let i = 0; i < 2; i++) await bring(somebody, csv, { name: 'reviews.csv', kinds: ['ratings', 'diary', 'reviews'] });
  expect(
    await app.sql.rows(
      `select to_char(watched_on, 'YYYY-MM-DD') as day, rewatch from diary_entry d join unit u on u.id = d.unit where u.account = $1 order by 1`,
      [somebody.id],
    ),
  ).toEqual([
    { day: '2024-03-01', rewatch: true },
    { day: '2024-05-01', rewatch: true },
  ]);
  expect(await app.sql.rows('select text from review where author = $1', [somebody.id])).toEqual([{ text: 'Even better.' }]);
  expect(await ratingsOf(somebody)).toEqual([expect.objectContaining({ film: heat, stars: 5 })]);
});

test.each([
  ['Letterboxd', 'Date,Name,Year,Rating\n2024-01-31,Clerk,1994,4\n2024-01-31,Heats,1996,2\n'],
  ['IMDb', 'Const,Your Rating,Date Rated,Title,Title Type,Year\ntt9999991,8,2024-01-31,Clerk,Movie,1994\ntt9999992,4,2024-01-31,Heats,Movie,1996\n'],
  [
    'Trakt',
    'rated_at,type,title,year,trakt_id,imdb_id,rating\n2024-01-31T10:00:00Z,movie,Clerk,1994,1,,8\n2024-01-31T10:00:00Z,movie,Heats,1996,2,,4\n',
  ],
])('%s: what is spelt alike is asked about, and taken only where it is ticked', async (_site, csv) => {
  const somebody = await member(app);
  const { text } = await somebody.browser.get((await upload(somebody, csv)).headers['location']!);
  expect(text).toMatch(
    /2 films that they probably are[\s\S]*value="2" aria-label="Take Clerk"[\s\S]*Clerks\.[\s\S]*value="3" aria-label="Take Heats"/,
  );
  await bring(somebody, csv, { lines: ['2'] });
  expect(await ratingsOf(somebody)).toEqual([expect.objectContaining({ film: clerks, stars: 4 })]);
});

test('a choice that comes back keeps what was ticked', async () => {
  const somebody = await member(app),
    csv = 'Date,Name,Year,Rating\n2024-01-01,Amelie,2002,4\n2024-01-31,Clerk,1994,4\n2024-01-31,Haet,1995,2\n';
  const page = (await upload(somebody, csv)).headers['location']!,
    ticked = (text: string): string[] => [...text.matchAll(/value="(\d+)" checked/g)].map(([, line]) => line!);
  expect(ticked((await somebody.browser.get(page)).text)).toEqual(['2']);
  const { status, text } = await somebody.browser.post(page, { line: '4', replace: 'on' }, page);
  expect([status, ticked(text), /name="replace" checked/.test(text), /name="kind"[^>]*checked/.test(text)]).toEqual([422, ['4'], true, false]);
  expect(text).toContain('Choose at least one thing to take.');
  const nothing = await somebody.browser.post(page, {}, page);
  expect([nothing.status, ticked(nothing.text), /name="replace" checked/.test(nothing.text)]).toEqual([422, [], false]);
});

test('the zip of Letterboxd is taken at once, and once', async () => {
  const somebody = await member(app);
  const zip = await zipOf(letterboxdExport),
    options = { name: 'letterboxd-nora.zip', kinds: ['ratings', 'watched', 'diary', 'watchlist', 'reviews'] };
  const page = await bring(somebody, zip, options);
  const { text } = await somebody.browser.get(page);
  for (const words of ['Ratings: 1', 'Films seen: 2', 'Diary: the days on which you watched: 2', 'Watchlist: 1', 'Reviews: 1'])
    expect(text).toContain(words);
  expect(await ratingsOf(somebody)).toEqual([{ film: heat, stars: 4.5, day: '2024-01-31' }]);
  const again = (await somebody.browser.get(await bring(somebody, zip, options))).text;
  for (const words of ['Ratings: 0', 'Films seen: 0', 'Diary: the days on which you watched: 0', 'Watchlist: 0', 'Reviews: 0'])
    expect(again).toContain(words);
});

test('what the watchlist has no room for is reported line by line; what is newest has come', async () => {
  const somebody = await member(app);
  await app.sql.rows(
    `insert into plugin_state (id, enabled, settings) values ('watchlist', true, '{"limit": 2}') on conflict (id) do update set settings = excluded.settings`,
  );
  const csv = 'Date,Name,Year\n2024-01-01,Heat,1995\n2024-01-02,Amelie,2001\n2024-01-03,Clerks,1994\n';
  for (let time = 0; time < 2; time++) {
    const { text } = await somebody.browser.get(await bring(somebody, csv, { name: 'watchlist.csv' }));
    expect(text).toContain(`Watchlist: ${time === 0 ? 2 : 0}`);
    expect(text).toMatch(/1 line that cannot be taken[\s\S]*<td class="number">2<\/td>[\s\S]*Heat[\s\S]*Your watchlist is full: it holds 2 films/);
  }
  const saved = await app.sql.rows<{ film: number }>('select film from watchlist_item where account = $1 order by place', [somebody.id]);
  expect(saved.map(({ film }) => film)).toEqual([clerks, amelie]);
  await app.sql.rows(`delete from plugin_state where id = 'watchlist'`);
});

test('sent twice, the choice starts one import', async () => {
  const somebody = await member(app);
  const page = (await upload(somebody, letterboxd)).headers['location']!,
    before = app.memoryJobs.queue.length;
  for (let i = 0; i < 2; i++) expect((await somebody.browser.post(page, { kind: 'ratings' }, page)).status).toBe(303);
  expect(app.memoryJobs.queue.length - before).toBe(1);
  app.memoryJobs.queue.pop();
});

test('a job that was stopped goes on after the last line that was taken', async () => {
  const somebody = await member(app);
  const page = (await upload(somebody, letterboxd)).headers['location']!;
  await somebody.browser.post(page, { kind: 'ratings' }, page);
  const job = app.memoryJobs.queue.pop()!;
  await app.sql.rows('update import_file set taken = 2 where id = $1', [(job.payload as { file: number }).file]);
  await app.memoryJobs.run(job.name, job.payload);
  expect(await ratingsOf(somebody)).toEqual([]);
});

test('what is refused says why beside the form, and keeps nothing', async () => {
  const somebody = await member(app);
  const refused: [string | Buffer, number, string][] = [
    ['a,b\n1,2\n', 422, 'none that Letterboxd, IMDb or Trakt write'],
    ['Name,Year\n"Heat,1995\n', 422, 'never closed'],
    [Buffer.alloc(10_500_000, 'x'), 413, 'at most 10 MB'],
  ];
  for (const [csv, status, words] of refused) {
    const answer = await upload(somebody, csv);
    expect([answer.status, answer.text.includes(words)]).toEqual([status, true]);
  }
  const nothing = await somebody.browser.agent
    .post('/account/import')
    .set('accept', 'text/html')
    .set('sec-fetch-site', 'same-origin')
    .field('what', 'auto');
  expect([nothing.status, nothing.text.includes('Choose a file first.')]).toEqual([422, true]);
  expect(await app.sql.rows('select from import_file where account = $1', [somebody.id])).toEqual([]);
});

test("somebody else's file is not there", async () => {
  const page = (await upload(await member(app), letterboxd)).headers['location']!;
  const other = await member(app);
  expect((await other.browser.get(page)).status).toBe(404);
  expect((await other.browser.post(page, { kind: 'ratings' }, '/account')).status).toBe(404);
  expect((await app.browser().get(page)).headers['location']).toContain('/sign-in');
});
