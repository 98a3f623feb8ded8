import { films as trainingFilms } from '../../plugins/catalogue/training.ts';
import { builtInFilms, seedFilms } from '../../plugins/catalogue/seed.ts';
import { catalogueTables } from './tables.ts';

const films = builtInFilms();

describe('the built-in catalogue', () => {
  test('has at least 400 films, each once', () => {
    expect(films.length).toBeGreaterThanOrEqual(400);
    expect(new Set(films.map(({ title, year }) => `${title} ${year}`)).size).toBe(films.length);
  });

  test.each([
    ['a year', ({ year }) => year !== null && year >= 1900 && year <= 2030],
    ['a running time', ({ runtime = 0 }) => runtime >= 40 && runtime <= 600],
    ['a country', ({ country = '' }) => country.length > 2],
    ['genres', ({ genres = [] }) => genres.length >= 1 && new Set(genres).size === genres.length],
    ['directors', ({ directors = [] }) => directors.length >= 1],
    ['keywords', ({ keywords = [] }) => keywords.length >= 3],
    ['a cast of four, but for documentaries', ({ cast = [], genres = [] }) => cast.length >= 4 || genres.includes('Documentary')],
    ['a plot of a sentence or two', ({ plot = '' }) => plot.length >= 60 && plot.length <= 600 && /[.!?]$/.test(plot)],
  ] as [string, (film: (typeof films)[number]) => boolean][])('says %s of every film', (_what, holds) => {
    expect(films.filter((film) => !holds(film)).map(({ title }) => title)).toEqual([]);
  });
});

test('is loaded once, completely, and quickly', async () => {
  const { sql, close } = await catalogueTables();
  const done: number[] = [];
  expect(await seedFilms(sql, (fraction) => done.push(fraction))).toBe(films.length);
  expect(done.at(-1)).toBe(1);
  expect(await seedFilms(sql)).toBe(0);
  const stored = await trainingFilms(sql);
  expect(stored.map(({ title }) => title)).toEqual(films.map(({ title }) => title));
  const [first] = films;
  expect(stored[0]).toMatchObject({
    year: first!.year,
    plot: first!.plot,
    genres: first!.genres,
    directors: first!.directors,
    keywords: first!.keywords,
    cast: first!.cast!.map(({ name }) => name),
  });
  await close();
});
