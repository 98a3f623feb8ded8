import accounts from '../../plugins/accounts/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import diary from '../../plugins/diary/index.ts';
import history from '../../plugins/history/index.ts';
import moderation from '../../plugins/moderation/index.ts';
import social from '../../plugins/social/index.ts';
import statistics from '../../plugins/statistics/index.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { columnsOf, decadesOf } from '../../plugins/statistics/charts.ts';
import { favouritePeople, matchOf, starsOf, totalsOf, yearsOf } from '../../plugins/statistics/store.ts';
import { monthsOf, totalsOfYear, yearsWithFilms } from '../../plugins/statistics/year.ts';
import { member, type Member } from '../accounts/site.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';

let app: Booted, films: number[];
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts, catalogue, history, diary, watchlist, moderation, social, statistics] });
  films = await addFilms(
    app,
    Array.from({ length: 12 }, (_, i) => ({ title: `Film ${i}`, year: 1990 + i, runtime: 100 })),
  );
  await app.sql.rows(`insert into person (name) values ('Once Only'), ('Often Good')`);
  await app.sql.rows(`insert into credit (film, person, job, ord) select $1::integer, id, 'director', 1 from person where name = 'Once Only'`, [
    films[0],
  ]);
  await app.sql.rows(
    `insert into credit (film, person, job, ord) select f, p.id, 'director', 2 from unnest($1::integer[]) f, person p where p.name = 'Often Good'`,
    [films.slice(1, 4)],
  );
});
afterAll(() => app.stop());

const unitOf = async ({ id }: Member): Promise<number> => (await app.sql.one<{ id: number }>('select id from unit where account = $1', [id]))!.id;
const rate = async (somebody: Member, stars: readonly number[], day = '2025-03-10'): Promise<number> => {
  const unit = await unitOf(somebody);
  await app.sql.rows(
    `insert into rating (unit, film, stars, rated_at) select $1::integer, film, stars, $4::timestamptz from unnest($2::integer[], $3::real[]) r (film, stars)`,
    [unit, films.slice(0, stars.length), stars, `${day}T12:00:00Z`],
  );
  return unit;
};

test('the films rated highest stand on the profile, once there are three of four stars and more', async () => {
  const somebody = await member(app);
  await rate(somebody, [4, 3, 5]);
  const loved = async (): Promise<string[]> => {
    const { text } = await app.browser().get(`/people/${somebody.handle}`);
    return [...text.matchAll(/<img class="poster"[^>]* alt="([^"]*)"/g)].map(([, title]) => title!);
  };
  expect(await loved()).toEqual([]);
  await app.sql.rows('update rating set stars = 4.5 where unit = $1 and film = $2', [await unitOf(somebody), films[1]]);
  expect(await loved()).toEqual(['Film 2', 'Film 1', 'Film 0']);
});

test('films, hours and the mean count each film once, however it is known to be seen', async () => {
  const somebody = await member(app),
    unit = await rate(somebody, [4, 3]);
  await app.sql.rows('insert into watch (unit, film, watched_at) values ($1, $2, $4), ($1, $3, $4)', [
    unit,
    films[0],
    films[5],
    '2025-03-11T12:00:00Z',
  ]);
  await app.sql.rows(`insert into diary_entry (unit, film, watched_on, noted_at) values ($1, $2, '2024-12-31', now())`, [unit, films[5]]);
  expect(await totalsOf(app.sql, unit)).toEqual({ films: 3, ratings: 2, mean: 3.5, minutes: 300 });
  expect((await starsOf(app.sql, unit)).filter(({ n }) => n > 0)).toEqual([
    { value: 3, n: 1 },
    { value: 4, n: 1 },
  ]);
  expect(await yearsOf(app.sql, unit)).toEqual([
    { value: 1990, n: 1 },
    { value: 1991, n: 1 },
    { value: 1992, n: 0 },
    { value: 1993, n: 0 },
    { value: 1994, n: 0 },
    { value: 1995, n: 1 },
  ]);
  expect(await yearsWithFilms(app.sql, unit)).toEqual([2025, 2024]);
  expect(await totalsOfYear(app.sql, unit, 2024)).toMatchObject({ films: 1, minutes: 100 });
  expect((await monthsOf(app.sql, unit, 2025)).filter(({ n }) => n > 0)).toEqual([{ value: 3, n: 2 }]);
});

test('one film alone makes no favourite, and a few good ones are drawn to the own mean', async () => {
  const unit = await rate(await member(app), [5, 4.5, 4.5, 4.5, 1, 1, 1, 1]);
  expect(await favouritePeople(app.sql, unit, 'director', 5)).toEqual([expect.objectContaining({ name: 'Often Good', n: 3, mean: 4.5 })]);
});

describe('how alike two tastes are', () => {
  test('lies at 50 for nothing in common, above for the same, below for the opposite, and is drawn to 50', async () => {
    const [one, same, opposite, few] = [
      await rate(await member(app), [5, 4, 3, 2, 1, 5, 4, 3, 2, 1]),
      await rate(await member(app), [5, 4, 3, 2, 1, 5, 4, 3, 2, 1]),
      await rate(await member(app), [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]),
      await rate(await member(app), [5, 4, 3]),
    ];
    // correlation 1 over 10 films: 50 + 50 · 10 / 20
    expect(await matchOf(app.sql, one, same)).toEqual({ films: 10, apart: 0, percent: 75 });
    expect(await matchOf(app.sql, one, opposite)).toMatchObject({ percent: 25 });
    expect(await matchOf(app.sql, one, few)).toBeUndefined();
    expect(await matchOf(app.sql, one, await rate(await member(app), [3, 3, 3, 3, 3, 3]))).toBeUndefined();
  });
});

test('columns are as high as their share of the largest, and years add up to decades', () => {
  const { columns, most } = columnsOf([
    { value: 1999, n: 1 },
    { value: 2000, n: 4 },
  ]);
  expect(most).toBe(4);
  expect(columns.map(({ y, height, label }) => [y, height, label])).toEqual([
    [75, 25, '1999'],
    [0, 100, '2000'],
  ]);
  expect(decadesOf([1999, 2000, 2001].map((value) => ({ value, n: 2 })))).toEqual([
    { value: 1990, n: 2 },
    { value: 2000, n: 4 },
  ]);
});

describe('the pages', () => {
  test('show charts with tables beside them, and a year to share', async () => {
    const somebody = await member(app);
    await rate(somebody, [5, 4, 3]);
    const page = await app.browser().get(`/people/${somebody.handle}/statistics`);
    expect(page.status).toBe(200);
    for (const words of ['films seen', 'When the films came out', `/people/${somebody.handle}/statistics/2025`]) expect(page.text).toContain(words);
    const year = await app.browser().get(`/people/${somebody.handle}/statistics/2025`).set('accept-language', 'de');
    expect([
      year.status,
      year.text.includes('Die besten des Jahres'),
      year.text.includes(`/people/${somebody.handle}/statistics/2025" readonly`),
    ]).toEqual([200, true, true]);
  });

  test('answer 404 for a year without films, and for one that is none', async () => {
    const somebody = await member(app);
    await rate(somebody, [5]);
    for (const year of ['1999', '2147483648', 'abc', '-1'])
      expect((await app.browser().get(`/people/${somebody.handle}/statistics/${year}`)).status).toBe(404);
  });

  test('are not for those who may not see what the person does', async () => {
    const somebody = await member(app);
    await rate(somebody, [5, 4, 3]);
    await app.sql.rows(`insert into profile_privacy (account, level, updated_at) values ($1, 'private', now())`, [somebody.id]);
    for (const path of ['', '/2025']) {
      const { text } = await app.browser().get(`/people/${somebody.handle}/statistics${path}`);
      expect(text).not.toMatch(/films seen|Film 0/);
    }
    expect((await somebody.browser.get(`/people/${somebody.handle}/statistics`)).text).toContain('films seen');
  });

  test('compare the reader with the person', async () => {
    const somebody = await member(app),
      reader = await member(app);
    await rate(somebody, [5, 4, 3, 2, 1, 5]);
    expect((await reader.browser.get(`/people/${somebody.handle}/statistics`)).text).toContain('at least 5 films in common');
    await rate(reader, [5, 4, 3, 2, 1, 5]);
    expect((await reader.browser.get(`/people/${somebody.handle}/statistics`)).text).toContain('have both rated 6 films');
  });
});
