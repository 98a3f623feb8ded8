import { catalogueTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await catalogueTables();
  await tables.sql.rows(`insert into genre (name) values ('Drama'), ('Sci-Fi')`);
});
afterAll(() => tables.close());

interface Entry {
  readonly id: number;
  readonly title: string;
  readonly genres: string[];
  readonly directors: string[];
  readonly cast: string[];
  readonly keywords: string[];
  readonly updated_at: Date;
}
const add = async (title: string, lists: object = {}): Promise<number> => {
  const { genres = null, directors = null, cast = null, keywords = null } = lists as Record<string, string[] | null>;
  const row = await tables.sql.one<{ id: number }>(
    'insert into film_entry (title, year, genres, directors, "cast", keywords) values ($1, 1985, $2, $3, $4, $5) returning id',
    [title, genres, directors, cast, keywords],
  );
  return row!.id;
};
const entry = async (id: number): Promise<Entry> => (await tables.sql.one<Entry>('select * from film_entry where id = $1', [id]))!;

test('a film is written with its lists, each once and in order, and read as it was written', async () => {
  const lists = {
    genres: ['sci-fi', 'Drama', 'Sci-Fi'],
    directors: ['Akira Kurosawa'],
    cast: ['Tatsuya Nakadai as Hidetora', 'Akira Terao', 'Akira Kurosawa as himself as a boy'],
    keywords: ['war', 'sons', 'war'],
  };
  const id = await add('Ran', lists);
  expect(await entry(id)).toMatchObject({ ...lists, title: 'Ran', genres: ['Sci-Fi', 'Drama'], keywords: ['war', 'sons'] });
  expect(await tables.sql.rows(`select name from person where name like 'Akira K%'`)).toHaveLength(1);
});

test('a change of one list leaves the others alone and marks the film as changed', async () => {
  const id = await add('Tampopo', { genres: ['Drama'], cast: ['Ken Watanabe as Gun'] });
  const before = await entry(id);
  await tables.sql.rows(`update film_entry set "cast" = '{Nobuko Miyamoto as Tampopo}' where id = $1`, [id]);
  const after = await entry(id);
  expect(after).toMatchObject({ genres: ['Drama'], cast: ['Nobuko Miyamoto as Tampopo'] });
  expect(after.updated_at.getTime()).toBeGreaterThan(before.updated_at.getTime());
});

test.each([
  ['a genre that is not there', 'Hana-bi', { genres: ['Drama', 'Yakuza'] }, /no genre "Yakuza": make it under Genres/],
  ['a film that is there', 'Ran', {}, /a film "Ran" of that year already/],
  ['an empty title', '', {}, /film_title_check/],
  ['a name that is too long', 'Hana-bi', { directors: ['x'.repeat(201)] }, /person_name_check/],
])('%s is refused, and nothing is kept', async (_what, title, lists, message) => {
  await expect(add(title, lists)).rejects.toThrow(message);
  expect(await tables.sql.rows('select from film where title = $1', ['Hana-bi'])).toEqual([]);
});

test('no film comes in between those of an import, whose ids would follow later', async () => {
  await tables.sql.transaction(async (tx) => {
    await tx.rows(`select pg_advisory_xact_lock(hashtext('import'))`);
    await expect(add('Ikiru')).rejects.toThrow(/films are being imported/);
  });
  expect(await add('Ikiru')).toBeGreaterThan(0);
});
