import { searchFilms } from '../../plugins/catalogue/browse.ts';
import { catalogueTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await catalogueTables();
  await tables.sql.rows(`insert into film (title, year, rating_count) select 'The Tale of ' || n, 2000, 1000 + n from generate_series(1, 200) n`);
  await tables.sql.rows(`insert into film (title, year, rating_count) select 'The Other ' || n, 2000, n % 100 from generate_series(1, 800) n`);
  await tables.sql.rows(`insert into film (title, year, rating_count) values ('The', 1990, 0), ('Of Mice', 1990, 3), ('Out of Sight', 1990, 5)`);
});
afterAll(() => tables.close());

const search = async (text: string, size = 24): Promise<{ titles: string[]; total: number }> => {
  const { ids, total } = await searchFilms(tables.sql, text, { page: 1, size });
  const rows = await tables.sql.rows<{ id: number; title: string }>('select id, title from film where id = any($1)', [ids]);
  return { titles: ids.map((id) => rows.find((row) => row.id === id)!.title), total };
};

test('a word of thousands of titles is answered by the well known ones, after the title that it is', async () => {
  const { titles, total } = await search('the');
  expect(titles.slice(0, 2)).toEqual(['The', 'The Tale of 200']);
  expect(titles.slice(1).every((title) => title.startsWith('The Tale of'))).toBe(true);
  expect(total).toBe(201);
});

test('where few well known titles begin with it, others that do are found, too', async () => {
  expect((await search('of')).titles[0]).toBe('Of Mice');
});

test('a word of few well known titles is looked for in all', async () => {
  expect((await search('other', 5)).total).toBe(500);
  expect((await search('sight')).titles).toEqual(['Out of Sight']);
});

test('a film becomes well known by its ratings', async () => {
  await tables.sql.rows(`update film set rating_count = 5000 where title = 'The Other 7'`);
  expect((await search('the')).titles[1]).toBe('The Other 7');
});
