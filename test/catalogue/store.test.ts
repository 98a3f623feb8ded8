import { upsertFilms, type FilmRecord } from '../../plugins/catalogue/store.ts';
import { catalogueTables, type Tables } from './tables.ts';

const alien: FilmRecord = {
  title: 'Alien',
  year: 1979,
  runtime: 117,
  country: 'United Kingdom',
  plot: 'A crew answers a call.',
  genres: ['Sci-Fi', 'Horror'],
  directors: ['Ridley Scott'],
  cast: [{ name: 'Sigourney Weaver', role: 'Ripley' }, { name: 'Tom Skerritt' }],
  keywords: ['spaceship', 'monster'],
};
const stored = `select f.id, f.movielens_id, f.imdb_id, f.title, f.year, f.runtime, f.plot,
  array(select g.name from film_genre x join genre g on g.id = x.genre where x.film = f.id order by x.ord) as genres,
  array(select p.name || coalesce(' as ' || c.role, '') from credit c join person p on p.id = c.person where c.film = f.id order by c.job desc, c.ord) as people,
  array(select k.name from film_keyword x join keyword k on k.id = x.keyword where x.film = f.id order by x.ord) as keywords
  from film f order by f.id`;

let tables: Tables;
beforeEach(async () => {
  tables = await catalogueTables();
});
afterEach(() => tables.close());

test('stores a film with all its lists, in their order', async () => {
  expect(await upsertFilms(tables.sql, [alien])).toEqual({ added: 1, changed: 1 });
  expect(await tables.sql.rows(stored)).toEqual([
    expect.objectContaining({
      title: 'Alien',
      year: 1979,
      runtime: 117,
      genres: ['Sci-Fi', 'Horror'],
      people: ['Ridley Scott', 'Sigourney Weaver as Ripley', 'Tom Skerritt'],
      keywords: ['spaceship', 'monster'],
    }),
  ]);
});

test('the same films again change nothing', async () => {
  await upsertFilms(tables.sql, [alien]);
  const before = await tables.sql.rows(stored);
  expect(await upsertFilms(tables.sql, [alien])).toEqual({ added: 0, changed: 0 });
  expect(await tables.sql.rows(stored)).toEqual(before);
});

test('what is not given stays, a given list replaces the whole list', async () => {
  await upsertFilms(tables.sql, [alien]);
  await upsertFilms(tables.sql, [{ title: 'Alien', year: 1979, genres: ['Thriller'], directors: [] }]);
  expect(await tables.sql.rows(stored)).toEqual([
    expect.objectContaining({
      runtime: 117,
      plot: 'A crew answers a call.',
      genres: ['Thriller'],
      people: ['Sigourney Weaver as Ripley', 'Tom Skerritt'],
      keywords: ['spaceship', 'monster'],
    }),
  ]);
});

test('a film without MovieLens id takes the id of the film that comes with one', async () => {
  await upsertFilms(tables.sql, [alien]);
  expect(await upsertFilms(tables.sql, [{ movielensId: 1214, imdbId: 78748, title: 'Alien', year: 1979 }])).toEqual({ added: 0, changed: 1 });
  expect(await tables.sql.rows(stored)).toEqual([expect.objectContaining({ movielens_id: 1214, imdb_id: 78748, runtime: 117 })]);
});

test('two MovieLens ids are two films, however alike their titles', async () => {
  const wars = [34048, 64997].map((movielensId) => ({ movielensId, title: 'War of the Worlds', year: 2005 }));
  expect(await upsertFilms(tables.sql, wars)).toMatchObject({ added: 2 });
  expect(await upsertFilms(tables.sql, wars)).toEqual({ added: 0, changed: 0 });
  expect((await tables.sql.rows<{ movielens_id: number }>(stored)).map((film) => film.movielens_id)).toEqual([34048, 64997]);
});

test('a MovieLens id keeps its film when the title was corrected', async () => {
  await upsertFilms(tables.sql, [{ movielensId: 1, title: 'Toy Stroy', year: 1995 }]);
  expect(await upsertFilms(tables.sql, [{ movielensId: 1, title: 'Toy Story', year: 1995 }])).toEqual({ added: 0, changed: 1 });
  expect(await tables.sql.rows(stored)).toEqual([expect.objectContaining({ title: 'Toy Story' })]);
});

test('a film that stands twice in one call is stored once, as it stands later', async () => {
  expect(await upsertFilms(tables.sql, [alien, { ...alien, runtime: 116, keywords: ['cat'] }])).toMatchObject({ added: 1 });
  expect(await tables.sql.rows(stored)).toEqual([expect.objectContaining({ runtime: 116, keywords: ['cat'] })]);
});

test('ids follow the order of the call, and films without a year are told apart from those with one', async () => {
  await upsertFilms(tables.sql, [
    { title: 'Zulu', year: 1964 },
    { title: 'Alien', year: null },
    { title: 'Alien', year: 1979 },
  ]);
  expect((await tables.sql.rows<{ title: string; year: number | null }>(stored)).map(({ title, year }) => [title, year])).toEqual([
    ['Zulu', 1964],
    ['Alien', null],
    ['Alien', 1979],
  ]);
});

test('genres are the same by their slug; a title with quotes and signs is only text', async () => {
  await upsertFilms(tables.sql, [
    { title: `O'Brien "x" \\ $1; drop table film; --`, year: 2000, genres: ['Sci-Fi'] },
    { title: 'B', year: 2001, genres: ['sci fi', '???'] },
  ]);
  expect(await tables.sql.rows('select name, slug from genre')).toEqual([{ name: 'Sci-Fi', slug: 'sci-fi' }]);
  expect(await tables.sql.rows<{ title: string; genres: string[] }>(stored)).toEqual([
    expect.objectContaining({ title: `O'Brien "x" \\ $1; drop table film; --`, genres: ['Sci-Fi'] }),
    expect.objectContaining({ genres: ['Sci-Fi'] }),
  ]);
});

test('one bad film leaves all others out', async () => {
  await expect(upsertFilms(tables.sql, [alien, { title: 'From the future', year: 3000 }])).rejects.toThrow();
  expect(await tables.sql.rows(stored)).toEqual([]);
});

test('films are never deleted', async () => {
  await upsertFilms(tables.sql, [alien]);
  await expect(tables.sql.rows('delete from film')).rejects.toThrow('films are never deleted');
  await expect(tables.sql.rows('truncate film cascade')).rejects.toThrow('films are never deleted');
});
