import { filmsOf, genreFilms, popularFilms, searchFilms, searchPeople } from '../../plugins/catalogue/browse.ts';
import { seedFilms } from '../../plugins/catalogue/seed.ts';
import { catalogueTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await catalogueTables();
  await seedFilms(tables.sql);
  await tables.sql.rows('update film set rating_count = id % 50, rating_sum = (id % 50) * (1 + id % 4)');
});
afterAll(() => tables.close());

const titles = (ids: readonly number[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await tables.sql.one<{ title: string }>('select title from film where id = $1', [id]))!.title));
const search = async (text: string, page = 1): Promise<string[]> => titles((await searchFilms(tables.sql, text, { page, size: 10 })).ids);

test.each([
  ['amelei', 'Amélie'],
  ['AMELIE', 'Amélie'],
  ['pulp ficton', 'Pulp Fiction'],
  ['shawshenk', 'The Shawshank Redemption'],
  ['godfater', 'The Godfather'],
  ['terminater 2', 'Terminator 2: Judgment Day'],
  ['seven samuri', 'Seven Samurai'],
  ['eternal sunshin', 'Eternal Sunshine of the Spotless Mind'],
  ['2001', '2001: A Space Odyssey'],
  ['spirited', 'Spirited Away'],
])('"%s" finds %s', async (text, title) => {
  expect((await search(text)).slice(0, 3)).toContain(title);
});

test('the exact title comes first', async () => {
  for (const title of ['Alien', 'Ran', 'Heat', 'Seven Samurai']) expect((await search(title))[0]).toBe(title);
});

test('finds nothing for letters that stand in no title, and nothing hidden', async () => {
  expect(await searchFilms(tables.sql, 'qqxxzz', { page: 1, size: 10 })).toEqual({ ids: [], total: 0, page: 1, pages: 1 });
  await tables.sql.rows(`update film set hidden = true where title = 'Persona'`);
  expect(await search('persona')).not.toContain('Persona');
});

test.each(["'; drop table film; --", '%', '_', '\\', '((', '[a-z', '$1', '"', '☃', 'a'.repeat(100)])('%s is only text', async (text) => {
  await expect(searchFilms(tables.sql, text, { page: 1, size: 10 })).resolves.toBeDefined();
  await expect(searchPeople(tables.sql, text, 5)).resolves.toBeDefined();
});

test.each([
  ['kubrik', 'Stanley Kubrick'],
  ['scorcese', 'Martin Scorsese'],
  ['akira kurosawa', 'Akira Kurosawa'],
])('"%s" finds %s with the films', async (text, name) => {
  const [person] = await searchPeople(tables.sql, text, 5);
  expect(person).toMatchObject({ name });
  expect((await filmsOf(tables.sql, person!.id, { page: 1, size: 100 })).ids).toHaveLength(person!.films);
});

test('orders of a genre hold, and every film of it is on one page only', async () => {
  const { id } = (await tables.sql.one<{ id: number }>(`select id from genre where slug = 'crime'`))!;
  const all = await genreFilms(tables.sql, id, 'popular', { page: 1, size: 1000 });
  for (const order of ['popular', 'rating', 'year', 'title'] as const) {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => genreFilms(tables.sql, id, order, { page, size: Math.ceil(all.total / 4) })));
    expect(pages.flatMap(({ ids }) => ids).sort((a, b) => a - b)).toEqual([...all.ids].sort((a, b) => a - b));
  }
  const years = await tables.sql.rows<{ year: number }>(
    'select f.year from unnest($1::integer[]) with ordinality x(id, n) join film f using (id) order by n',
    [(await genreFilms(tables.sql, id, 'year', { page: 1, size: 1000 })).ids],
  );
  expect(years.map(({ year }) => year)).toEqual(years.map(({ year }) => year).sort((a, b) => b - a));
});

test('a page beyond the last one is the last one', async () => {
  const last = await popularFilms(tables.sql, { page: 999_999, size: 100 });
  expect([last.page, last.pages]).toEqual([5, 5]);
  expect(last.ids.length).toBe(last.total - 400);
});
