import { plugins } from '../../config/plugins.ts';
import { UnitsMerged } from '../../plugins/accounts/api.ts';
import { Catalogues } from '../../core/services.ts';
import type { CatalogueIndex } from '../../plugins/catalogue/catalogue-index.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

const genres = ['Crime', 'Drama', 'Horror', 'Musical', 'War', 'Western'];
const question = 'Which of these would you watch?';
let app: Booted, films: number[], groups: { id: number; name: string; films: number[] }[];

const units = (): Promise<number[]> => app.sql.rows<{ id: number }>('select id from unit order by id').then((rows) => rows.map(({ id }) => id));
/** A browser that has been on the home page, and its unit. */
async function newcomer(): Promise<{ browser: Browser; unit: number; home: string }> {
  const before = new Set(await units()),
    browser = app.browser(),
    { text } = await browser.get('/');
  return { browser, home: text, unit: (await units()).find((unit) => !before.has(unit))! };
}
/** Ticks groups and sends the form. */
async function choose(browser: Browser, ids: readonly (number | string)[], path = '/picks') {
  const csrf = await browser.token('/picks');
  return browser.agent.post(path).set('accept', 'text/html').type('form').send({ csrf, group: ids });
}
const positive = async (unit: number): Promise<number[]> => {
  const { viewer } = await app.recommender.open(unit, new Date());
  expect(viewer.films.length).toBe(0);
  return [...viewer.preferences.films].map((position) => films[position]!);
};

beforeAll(async () => {
  app = await bootApp({ plugins });
  films = await addFilms(
    app,
    Array.from({ length: 108 }, (_, at) => ({ title: `Film ${at}` })),
  );
  await app.sql.rows('insert into genre (name) select unnest($1::text[])', [genres]);
  await app.sql.rows('insert into film_genre (film, genre, ord) select id, 1 + id % 6, 1 from film');
});
afterAll(() => app.stop());

test('the job is asked for where there are no groups yet; until it has run there is no question', async () => {
  expect(app.memoryJobs.queue.map(({ name }) => name)).toContain('picks.groups');
  const { home, browser } = await newcomer();
  expect(home).not.toContain(question);
  expect(home).toContain('Find the film you did not know you wanted');
  expect((await browser.get('/picks')).text).toContain('nothing to choose from yet');
});

test('without ratings the groups come from genres', async () => {
  expect(await app.memoryJobs.run('picks.groups')).toEqual({ groups: 6, by: 'genre' });
  groups = await app.sql.rows('select id, name, films from pick_group order by id');
  expect(groups.map(({ name }) => name)).toEqual(genres);
  expect(new Set(groups.flatMap((group) => group.films)).size).toBe(24);
});

test('somebody new is asked, in plain forms, instead of being welcomed', async () => {
  const { home } = await newcomer();
  expect(home).toContain(question);
  expect(home).not.toContain('Find the film you did not know you wanted');
  expect(home.match(/type="checkbox" name="group"/g)).toHaveLength(6);
  expect(home).toMatch(/<form class="picks" method="post" action="\/picks">/);
  expect(home).toMatch(/<button class="button-quiet" formaction="\/picks\/skip">Not now/);
});

test('an answer is counted from the next page on, named there, and can be changed and undone', async () => {
  const { browser, unit } = await newcomer();
  const answer = await choose(browser, [groups[1]!.id, groups[4]!.id]);
  expect([answer.status, answer.headers['location']]).toEqual([303, '/']);
  expect(await positive(unit)).toEqual([...groups[1]!.films, ...groups[4]!.films].sort((a, b) => a - b));
  const { text: home } = await browser.get('/');
  expect(home).toContain('<strong>Drama</strong> · <strong>War</strong>');
  expect(home).not.toContain(question);

  const { text: page } = await browser.get('/picks');
  expect([...page.matchAll(/value="(\d+)" checked/g)].map(([, id]) => Number(id))).toEqual([groups[1]!.id, groups[4]!.id]);
  await choose(browser, [groups[0]!.id]);
  expect(await positive(unit)).toEqual(groups[0]!.films);

  await choose(browser, [], '/picks/delete');
  expect(await positive(unit)).toEqual([]);
  expect((await browser.get('/')).text).toContain(question);
});

test('each film counts what the setting says', async () => {
  const { browser, unit } = await newcomer();
  await choose(browser, [groups[2]!.id]);
  const { viewer } = await app.recommender.open(unit, new Date());
  expect([...viewer.preferences.weight]).toEqual(groups[2]!.films.map(() => Math.fround(0.3)));
});

test('"Not now" is remembered, and the page stays open to change one\'s mind', async () => {
  const { browser } = await newcomer();
  for (let i = 0; i < 2; i++) expect((await choose(browser, [], '/picks/skip')).headers['location']).toBe('/');
  const { text } = await browser.get('/');
  expect(text).not.toContain(question);
  expect(text).toContain('Find the film you did not know you wanted');
  expect(text).toContain('<a href="/picks">');
  expect((await choose(browser, [groups[0]!.id])).status).toBe(303);
});

test('somebody with a history is not asked; picks are named until there are ten films', async () => {
  const { browser, unit } = await newcomer();
  await choose(browser, [groups[0]!.id]);
  const rate = (film: number) => app.sql.rows('insert into rating (unit, film, stars, rated_at) values ($1, $2, 4, now())', [unit, film]);
  for (const film of films.slice(0, 9)) await rate(film);
  expect((await browser.get('/')).text).toContain('Change your picks');
  await rate(films[9]!);
  expect((await browser.get('/')).text).not.toContain('Change your picks');
  const other = await newcomer();
  await app.sql.rows('insert into watch (unit, film, watched_at) values ($1, $2, now())', [other.unit, films[0]]);
  expect((await other.browser.get('/')).text).not.toContain(question);
});

test('a bad answer changes nothing and says what to do, with the boxes as they were', async () => {
  const { browser, unit } = await newcomer();
  await choose(browser, [groups[3]!.id]);
  const ids = groups.map(({ id }) => id);
  for (const [wrong, says] of [
    [[], 'Choose at least one group.'],
    [ids, 'Choose at most 5 groups'],
    [[ids[0]!, 999_999], 'no longer there'],
    [['abc'], 'no longer there'],
    [['-1'], 'no longer there'],
    [['99999999999999'], 'no longer there'],
  ] as const) {
    const answer = await choose(browser, wrong);
    expect([wrong, answer.status, answer.text.includes(says)]).toEqual([wrong, 422, true]);
    expect(answer.text).toContain('role="alert"');
  }
  expect((await choose(browser, ids)).text.match(/ checked/g)).toHaveLength(6);
  expect(await positive(unit)).toEqual(groups[3]!.films);
  expect((await browser.agent.post('/picks').type('form').send({ group: ids[0] })).status).toBe(403);
});

test('one box ticked twice is one', async () => {
  const { browser, unit } = await newcomer();
  expect(
    (
      await choose(
        browser,
        Array.from({ length: 7 }, () => groups[5]!.id),
      )
    ).status,
  ).toBe(303);
  expect(await positive(unit)).toEqual(groups[5]!.films);
});

test('a hidden film is not shown, and neither is a group that has lost most of its films', async () => {
  const { browser } = await newcomer();
  const titles = async (): Promise<number> => [...(await browser.get('/picks')).text.matchAll(/class="poster"/g)].length;
  const hide = async (hidden: readonly number[]): Promise<void> => {
    await app.sql.rows('update film set hidden = id = any ($1)', [hidden]);
    await (app.host.find(Catalogues) as CatalogueIndex).refresh();
  };
  await hide(groups[0]!.films.slice(0, 1));
  expect(await titles()).toBe(23);
  await hide(groups[0]!.films.slice(0, 3));
  expect(await titles()).toBe(20);
  await hide([]);
  expect(await titles()).toBe(24);
});

test('new groups take over; what was picked before stays, is shown and can be picked again', async () => {
  const { browser, unit } = await newcomer();
  await choose(browser, [groups[0]!.id, groups[1]!.id]);
  await app.sql.rows(`update pick_group set made_at = now() - interval '3 days'`);
  await app.memoryJobs.run('picks.groups');
  expect(await app.sql.rows('select from pick_group')).toHaveLength(6);
  expect(await positive(unit)).toHaveLength(8);
  expect((await browser.get('/picks')).text.match(/name="group"/g)).toHaveLength(8);
  expect((await choose(browser, [groups[0]!.id])).status).toBe(303);
  expect(await positive(unit)).toEqual(groups[0]!.films);
  expect((await choose(await newcomer().then((other) => other.browser), [groups[0]!.id])).status).toBe(422);
  groups = await app.sql.rows('select id, name, films from pick_group order by id');
});

describe('when a visitor turns out to be an account', () => {
  test('a new account keeps the picks', async () => {
    const { browser } = await newcomer();
    await choose(browser, [groups[2]!.id]);
    await browser.post('/sign-up', { name: 'Ada Byron', handle: 'ada', email: 'ada@example.org', password: 'a long enough phrase' }, '/sign-up');
    expect((await browser.get('/')).text).toContain('<strong>Horror</strong>');
  });

  test('an older account takes them over, unless it has its own', async () => {
    const [visitor, account, settled] = [await newcomer(), await newcomer(), await newcomer()];
    await choose(visitor.browser, [groups[2]!.id]);
    await choose(visitor.browser, [], '/picks/skip');
    await choose(settled.browser, [groups[0]!.id]);
    const merge = async (from: number, into: number): Promise<void> => {
      app.events.publish(UnitsMerged, { from, into });
      await app.events.settled();
    };
    for (let i = 0; i < 2; i++) await merge(visitor.unit, account.unit);
    expect([await positive(visitor.unit), await positive(account.unit)]).toEqual([[], groups[2]!.films]);
    await merge(account.unit, settled.unit);
    expect(await positive(settled.unit)).toEqual(groups[0]!.films);
    expect(await app.sql.rows('select from pick_skip where unit = $1', [settled.unit])).toHaveLength(1);
  });
});

test('with enough ratings the groups come from tastes', async () => {
  await app.sql.rows(`insert into unit (visitor) select 'taster-' || n from generate_series(1, 120) n`);
  await app.sql.rows(
    `insert into rating (unit, film, stars, rated_at)
     select u.id, f.id, case when u.id % 6 = f.id % 6 then 5 else 2 end, now() from unit u join film f on (u.id * 7 + f.id * 3) % 5 = 0 or u.id % 6 = f.id % 6
     where u.visitor like 'taster-%'`,
  );
  expect(await app.memoryJobs.run('picks.groups')).toEqual({ groups: 6, by: 'taste' });
  const made = await app.sql.rows<{ name: string; films: number[] }>(
    'select name, films from pick_group where made_at = (select max(made_at) from pick_group)',
  );
  for (const group of made) expect(new Set(group.films.map((film) => film % 6)).size).toBe(1);
  expect(made.map(({ name }) => name.split(',')[0]).sort()).toEqual(genres);
});

test('off, there is no page, no question and no signal; on again, the picks are still there', async () => {
  const { browser, unit } = await newcomer();
  await choose(browser, [(await app.sql.one<{ id: number }>('select max(id) as id from pick_group'))!.id]);
  const toggle = async (enabled: boolean) => {
    await app.settings.change('picks', { enabled, version: (await app.settings.state('picks')).version }, null);
    await app.host.reconcile(await app.settings.wanted());
  };
  await toggle(false);
  expect((await browser.get('/picks')).status).toBe(404);
  expect(await positive(unit)).toEqual([]);
  expect((await app.browser().get('/')).text).not.toContain(question);
  await toggle(true);
  expect(await positive(unit)).toHaveLength(4);
});
