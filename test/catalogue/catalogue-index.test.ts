import { silent } from '../../core/log.ts';
import { CatalogueIndex } from '../../plugins/catalogue/catalogue-index.ts';
import { FilmOrders } from '../../plugins/catalogue/film-orders.ts';
import { filmsOver } from '../../plugins/catalogue/films-service.ts';
import { upsertFilms } from '../../plugins/catalogue/store.ts';
import { catalogueTables, type Tables } from './tables.ts';

let tables: Tables;
let index: CatalogueIndex;
beforeAll(async () => {
  tables = await catalogueTables();
  await upsertFilms(tables.sql, [
    {
      title: 'Heat',
      year: 1995,
      genres: ['Crime'],
      directors: ['Michael Mann'],
      cast: [{ name: 'Al Pacino' }, { name: 'Robert De Niro' }],
      keywords: ['heist'],
    },
    {
      title: 'Ronin',
      year: 1998,
      genres: ['Action', 'Crime'],
      directors: ['John Frankenheimer'],
      cast: [{ name: 'Robert De Niro' }],
      keywords: ['heist'],
    },
    { title: 'Frozen', year: 2013, genres: ['Animation'] },
  ]);
  await tables.sql.rows(`update film set hidden = true where title = 'Frozen'`);
  index = await CatalogueIndex.open(tables.sql);
});
afterAll(() => tables.close());

test('keeps films by position in order of their ids', () => {
  const { cards, size, position, visible } = index.current();
  expect(cards.map(({ title }) => title)).toEqual(['Heat', 'Ronin', 'Frozen']);
  expect(cards.map(({ id }) => position(id))).toEqual([0, 1, 2]);
  expect([size, [...visible], position(999)]).toEqual([3, [1, 1, 0], undefined]);
});

test('traits are ascending sets, and films that share people, keywords or genres share traits', () => {
  const [heat, ronin, frozen] = index.current().cards.map(({ traits }) => [...traits]) as [number[], number[], number[]];
  for (const traits of [heat, ronin, frozen]) expect(traits).toEqual([...new Set(traits)].sort((a, b) => a - b));
  expect(heat.filter((trait) => ronin.includes(trait))).toHaveLength(3);
  expect(frozen.filter((trait) => heat.includes(trait))).toHaveLength(0);
});

test('genres are those with films that viewers can see', () => {
  expect(index.current().genres.map(({ name, slug, films }) => [name, slug, films])).toEqual([
    ['Action', 'action', 1],
    ['Crime', 'crime', 2],
  ]);
});

test('other plugins get cards by id, hidden ones too, but only visible films exist', async () => {
  const films = filmsOver({ sql: tables.sql, index, orders: new FilmOrders(tables.sql, index, silent) }),
    ids = index.current().cards.map(({ id }) => id);
  expect([...(await films.cards([...ids, 999])).keys()]).toEqual(ids);
  expect(ids.map((id) => films.exists(id)).concat(films.exists(999))).toEqual([true, true, false, false]);
});

test('a change is seen after a refresh, and the poster gets a new address', async () => {
  const [heat] = index.current().cards;
  await tables.sql.rows(`update film set title = 'Heat (restored)' where id = $1`, [heat!.id]);
  await Promise.all([index.refresh(), index.refresh(), index.refresh()]);
  expect(index.film(heat!.id)).toMatchObject({ title: 'Heat (restored)', href: heat!.href });
  expect(index.film(heat!.id)!.poster).not.toBe(heat!.poster);
});
