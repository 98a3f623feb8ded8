import { silent } from '../../core/log.ts';
import { searchKeywords, searchPeople, worksOf } from '../../plugins/catalogue/browse.ts';
import { CatalogueIndex } from '../../plugins/catalogue/catalogue-index.ts';
import { FilmOrders, type Slice } from '../../plugins/catalogue/film-orders.ts';
import { searchFilms, type FoundFilms } from '../../plugins/catalogue/search.ts';
import { ofFilters, ofGenre, type Filters } from '../../plugins/catalogue/selections.ts';
import { seedFilms } from '../../plugins/catalogue/seed.ts';
import { catalogueTables, type Tables } from './tables.ts';

let tables: Tables, index: CatalogueIndex, orders: FilmOrders;
beforeAll(async () => {
  tables = await catalogueTables();
  await seedFilms(tables.sql);
  await tables.sql.rows('update film set rating_count = id % 50, rating_sum = (id % 50) * (1 + id % 4)');
  index = await CatalogueIndex.open(tables.sql);
  orders = new FilmOrders(tables.sql, index, silent);
});
afterAll(() => tables.close());

const titles = (ids: readonly number[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await tables.sql.one<{ title: string }>('select title from film where id = $1', [id]))!.title));
const films = (text: string, slice: Slice = { page: 1, size: 10 }, filters?: Filters): Promise<FoundFilms> =>
  searchFilms({ sql: tables.sql, index, orders }, text, slice, filters);
const search = async (text: string): Promise<string[]> => titles((await films(text)).ids);

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
  ['up', 'Up'],
  ['azam', 'Mughal-e-Azam'],
])('"%s" finds %s', async (text, title) => {
  expect((await search(text)).slice(0, 3)).toContain(title);
});

test('the exact title comes first', async () => {
  for (const title of ['Alien', 'Ran', 'Heat', 'Seven Samurai']) expect((await search(title))[0]).toBe(title);
});

test('finds nothing for letters that stand in no title, and nothing hidden', async () => {
  expect(await films('qqxxzz')).toEqual({ ids: [], total: 0, page: 1, pages: 1, alike: true });
  await tables.sql.rows(`update film set hidden = true where title = 'Persona'`);
  await index.refresh();
  expect(await search('persona')).not.toContain('Persona');
});

test.each(["'; drop table film; --", '%', '_', '\\', '((', '[a-z', '$1', '"', '☃', 'a'.repeat(100)])('%s is only text', async (text) => {
  await expect(films(text)).resolves.toBeDefined();
  await expect(searchPeople(tables.sql, text, 5)).resolves.toBeDefined();
});

describe('filters', () => {
  const filtered = async (text: string, filters: Filters): Promise<number[]> => [...(await films(text, { page: 1, size: 500 }, filters)).ids];
  const facts = (ids: readonly number[]) =>
    tables.sql.rows<{ year: number; runtime: number; stars: number }>(
      'select year, runtime, (rating_sum + 30) / (rating_count + 10) as stars from film where id = any ($1)',
      [ids],
    );

  test('leave only what fits, and the same as in the orders', async () => {
    const genre = index.current().genres.find(({ name }) => name === 'Drama')!,
      all = await filtered('the', {}),
      narrow: Filters = { genre, since: 1960, until: 1999, shortest: 90, longest: 130 };
    const found = await filtered('the', narrow),
      expected = orders.page('popular', { page: 1, size: 1000 }, ofFilters(narrow)).ids.filter((id) => all.includes(id));
    expect(found.length).toBeGreaterThan(3);
    expect(found.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
    for (const { year, runtime } of await facts(found)) expect([year >= 1960 && year < 2000, runtime >= 90 && runtime <= 130]).toEqual([true, true]);
  });

  test('know the damped mean, and what was seen', async () => {
    const good = await filtered('the', { stars: 3 });
    expect(good.length).toBeGreaterThan(3);
    for (const { stars } of await facts(good)) expect(stars).toBeGreaterThanOrEqual(3);
    expect(await filtered('the', { stars: 3, without: good.slice(1) })).toEqual(good.slice(0, 1));
  });
});

test.each([
  ['heist', 'heist'],
  ['submarin', 'submarine'],
])('"%s" finds the keyword %s with as many films as there are', async (text, name) => {
  const [found] = await searchKeywords(tables.sql, text, 3);
  const { n } = (await tables.sql.one<{ n: number }>(
    'select count(distinct film)::integer as n from film_keyword join keyword k on k.id = keyword where k.slug = $1',
    [found!.slug],
  ))!;
  expect(found).toMatchObject({ name, films: n });
});

test.each([
  ['kubrik', 'Stanley Kubrick'],
  ['scorcese', 'Martin Scorsese'],
  ['akira kurosawa', 'Akira Kurosawa'],
])('"%s" finds %s with the films', async (text, name) => {
  const [person] = await searchPeople(tables.sql, text, 5);
  expect(person).toMatchObject({ name });
  expect(new Set((await worksOf(tables.sql, person!.id)).map(({ film }) => film)).size).toBe(person!.films);
});

describe('orders', () => {
  const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);
  const of = async (ids: readonly number[], column: string): Promise<number[]> => {
    const rows = await tables.sql.rows<{ n: number }>(
      `select (${column})::float8 as n from unnest($1::integer[]) with ordinality x(id, place) join film f using (id) order by place`,
      [ids],
    );
    return rows.map(({ n }) => n);
  };

  test('hold in a genre, and every film of it is on one page only', async () => {
    const all = orders.page('popular', { page: 1, size: 1000 }, ofGenre('Crime'));
    const { n } = (await tables.sql.one<{ n: number }>(`select count(*)::integer as n from film_genre join film on film.id = film
      where not hidden and genre = (select id from genre where name = 'Crime')`))!;
    expect(all.total).toBe(n);
    for (const order of ['popular', 'rating', 'year', 'title'] as const) {
      const pages = [1, 2, 3, 4].map((page) => orders.page(order, { page, size: Math.ceil(n / 4) }, ofGenre('Crime')));
      expect(sorted(pages.flatMap(({ ids }) => ids))).toEqual(sorted(all.ids));
    }
  });

  test.each([
    ['popular', 'rating_count'],
    ['rating', '(rating_sum + 30) / (rating_count + 10)'],
    ['year', 'year'],
    ['title', '-(select count(*) from film other where other.search < f.search)'],
  ] as const)('"%s" begins with the largest %s', async (order, column) => {
    const { ids } = orders.page(order, { page: 1, size: 1000 }, ofGenre('Crime'));
    const values = await of(ids, column);
    expect(values.length).toBe(ids.length);
    expect(values).toEqual(sorted(values).reverse());
  });

  test('a page beyond the last one is the last one', () => {
    const last = orders.page('popular', { page: 999_999, size: 100 });
    expect([last.page, last.pages]).toEqual([5, 5]);
    expect(last.ids.length).toBe(last.total - 400);
  });
});
