import { silent } from '../../core/log.ts';
import { CatalogueIndex } from '../../plugins/catalogue/catalogue-index.ts';
import { FilmOrders } from '../../plugins/catalogue/film-orders.ts';
import { searchFilms } from '../../plugins/catalogue/search.ts';
import { catalogueTables, type Tables } from './tables.ts';

let tables: Tables, index: CatalogueIndex, orders: FilmOrders;
beforeAll(async () => {
  tables = await catalogueTables();
  await tables.sql.rows(`insert into film (title, year, rating_count) select 'The Tale of ' || n, 2000, 1000 + n from generate_series(1, 200) n`);
  await tables.sql.rows(`insert into film (title, year, rating_count) select 'The Other ' || n, 2000, n % 100 from generate_series(1, 1800) n`);
  await tables.sql.rows(`insert into film (title, year, rating_count) values ('The', 1990, 0), ('Of Mice', 1990, 3), ('Out of Sight', 1990, 5),
    ('Theatre', 1990, 9000), ('Off!', 1990, 0), ('The Secret of It', 1990, 0)`);
  await tables.sql.rows(`insert into film (title, year, hidden) values ('Of Hidden Things', 1990, true)`);
  index = await CatalogueIndex.open(tables.sql);
  orders = new FilmOrders(tables.sql, index, silent);
});
afterAll(() => tables.close());

const search = async (text: string, page = 1) => {
  const { ids, ...found } = await searchFilms({ sql: tables.sql, index, orders }, text, { page, size: 24 });
  return { ...found, titles: index.visible(ids).map(({ title }) => title) };
};

test('a word of thousands of titles brings all of them: first the title that it is, then the well known ones that begin with it', async () => {
  const { titles, total, pages } = await search('the');
  expect(titles.slice(0, 2)).toEqual(['The', 'The Tale of 200']);
  expect(titles.slice(1).every((title) => title.startsWith('The Tale of'))).toBe(true);
  expect([total, pages]).toEqual([2003, 84]);
  expect((await search('the', pages)).titles.at(-1)).toBe('Theatre');
});

test('a little known title that begins with it comes before a well known one that has it inside, and hidden ones are not counted', async () => {
  const { titles, total } = await search('of');
  expect(titles.slice(0, 4)).toEqual(['Of Mice', 'The Tale of 200', 'The Tale of 199', 'The Tale of 198']);
  expect(total).toBe(204);
});

test('a whole word counts more than the beginning of one, and signs behind a title nothing', async () => {
  expect((await search('the')).titles).not.toContain('Theatre');
  expect((await search('theat')).titles).toEqual(['Theatre']);
  expect((await search('off')).titles[0]).toBe('Off!');
  expect((await search('other')).total).toBe(1800);
});

test('letters within a word are no hit, but what is spelt alike is found where there is none, and said to be so', async () => {
  expect(await search('ight')).toMatchObject({ alike: true });
  expect(await search('theatr')).toMatchObject({ titles: ['Theatre'], alike: false });
  expect(await search('theatrs')).toMatchObject({ titles: ['Theatre'], alike: true });
});

test('a film becomes well known by its ratings', async () => {
  await tables.sql.rows(`update film set rating_count = 5000 where title = 'The Other 7'`);
  await index.refresh();
  expect((await search('the')).titles[1]).toBe('The Other 7');
});
