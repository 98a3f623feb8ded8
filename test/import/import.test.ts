import { gzipSync } from 'node:zlib';
import { upsertFilms } from '../../plugins/catalogue/store.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { folderWith, fileWith, removeFiles, zipOf, type Files } from './files.ts';
import { ImportSite, now } from './site.ts';

const csv: Files = {
  'movies.csv':
    'movieId,title,genres\r\n1,Toy Story (1995),Adventure|Animation\r\n2,"Matrix, The (1999)",Action|Sci-Fi\r\n7,"""Quoted"" Cats (1998)",(no genres listed)\r\n',
  'ratings.csv': 'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,0.5,964982800\n5,2,5.0,1000000000\n',
};
const facts = [
  {
    movieId: 1,
    title: 'Toy Story (1995)',
    imdbId: 114709,
    plot: 'Toys.',
    runtime: 81,
    cast: ['Ann One', 'Bob Two', 'Ann One'],
    directors: ['Dee Three'],
    keywords: ['toy'],
  },
  { movieId: 2, title: 'Matrix, The (1999)', runtime: 0, plot: null, cast: [] },
];
const jsonl = (lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join('\n');

let site: ImportSite;
beforeEach(async () => {
  site = await ImportSite.open();
});
afterEach(() => site.close());
afterAll(removeFiles);

const films = () =>
  site.rows<{ title: string }>(`select movielens_id as id, title, year, plot, runtime, imdb_id as imdb, rating_count as n, rating_sum as stars,
  (select string_agg(g.name, '|' order by ord) from film_genre fg join genre g on g.id = fg.genre where fg.film = f.id) as genres,
  (select string_agg(p.name, '|' order by job, ord) from credit c join person p on p.id = c.person where c.film = f.id) as people,
  (select string_agg(k.name, '|' order by ord) from film_keyword fk join keyword k on k.id = fk.keyword where fk.film = f.id) as keywords from film f order by f.id`);
const ratings = () =>
  site.rows(`select a.handle, f.movielens_id as film, r.stars, r.rated_at as at from rating r join film f on f.id = r.film
  join unit u on u.id = r.unit join account a on a.id = u.account order by 1, 2`);

describe('a folder of CSV files', () => {
  test('becomes films, viewers and ratings', async () => {
    expect(await site.import(folderWith(csv))).toEqual({ films: { added: 3, changed: 0 }, facts: 0, viewers: 2, ratings: 3 });
    expect(await films()).toMatchObject([
      { id: 1, title: 'Toy Story', year: 1995, genres: 'Adventure|Animation', n: 1, stars: 4 },
      { id: 2, title: 'The Matrix', year: 1999, genres: 'Action|Sci-Fi', n: 2, stars: 5.5 },
      { id: 7, title: '"Quoted" Cats', year: 1998, genres: null, n: 0 },
    ]);
    expect(await ratings()).toEqual([
      { handle: 'small_1', film: 1, stars: 4, at: new Date(964982703000) },
      { handle: 'small_1', film: 2, stars: 0.5, at: new Date(964982800000) },
      { handle: 'small_5', film: 2, stars: 5, at: new Date(1000000000000) },
    ]);
    expect(site.report.rows.length).toBe(0);
  });

  test('a second time changes nothing', async () => {
    const more = fileWith(jsonl(facts), 'more.jsonl');
    await site.import(folderWith(csv), more);
    const before = await site.content();
    expect(await site.import(folderWith(csv), more)).toEqual({ films: { added: 0, changed: 0 }, facts: 0, viewers: 0, ratings: 0 });
    expect(await site.content()).toEqual(before);
  });

  test('a newer release brings what is new', async () => {
    await site.import(folderWith(csv));
    const newer = {
      'movies.csv': `${csv['movies.csv']}8,Late (2020),Drama\n`,
      'ratings.csv': `${csv['ratings.csv']}5,1,3,1000000001\n`.replace('5,2,5.0', '5,2,4.5'),
    };
    expect(await site.import(folderWith(newer))).toEqual({ films: { added: 1, changed: 0 }, facts: 0, viewers: 0, ratings: 2 });
    expect(await films()).toMatchObject([{ n: 2, stars: 7 }, { n: 2, stars: 5 }, {}, { title: 'Late' }]);
  });

  test('with a BOM, columns in another order and no times', async () => {
    await site.import(
      folderWith({ 'movies.csv': '\ufeffgenres,movieId,title,more\nDrama,3,Été (2000),x\n', 'ratings.csv': '\ufeffrating,movieId,userId\n4,3,9\n' }),
    );
    expect(await films()).toMatchObject([{ id: 3, title: 'Été', genres: 'Drama' }]);
    expect(await ratings()).toEqual([{ handle: 'small_9', film: 3, stars: 4, at: new Date(0) }]);
  });

  test('ratings without times get them from a later import, never the other way round', async () => {
    const untimed = { ...csv, 'ratings.csv': 'userId,movieId,rating\n1,1,4.0\n' };
    await site.import(folderWith(untimed));
    expect(await site.import(folderWith(csv))).toMatchObject({ ratings: 3 });
    expect(await site.import(folderWith(untimed))).toMatchObject({ ratings: 0 });
    expect(await ratings()).toMatchObject([{ at: new Date(964982703000) }, {}, {}]);
  });

  test('the progress of each step rises to its end', async () => {
    await site.import(folderWith(csv), fileWith(gzipSync(jsonl(facts)), 'more.jsonl.gz'));
    expect([...site.progress.keys()]).toEqual(['Films', 'Plots, people and keywords', 'Read the ratings', 'Store the ratings']);
    for (const fractions of site.progress.values()) {
      expect(fractions.at(-1)).toBe(1);
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    }
  });
});

describe('other forms of the same data', () => {
  test('a zip, with the files in a folder', async () => {
    const zip = zipOf({
      'small/movies.csv': csv['movies.csv']!,
      'small/ratings.csv.gz': gzipSync(csv['ratings.csv']!),
      'small/README.txt': 'read me',
    });
    await site.import(fileWith(zip, 'small.zip'));
    const before = await site.content();
    expect(await site.import(folderWith(csv))).toMatchObject({ films: { added: 0 }, viewers: 0, ratings: 0 });
    expect(await site.content()).toEqual(before);
  });

  test.each([
    ['ratings.dat', '1::1::4::964982703\n2::2::5::964982703\n'],
    ['ratings_no_timestamp.dat', '1::1::4\n2::2::5\n'],
  ])('.dat in Latin-1 with %s', async (name, text) => {
    const movies = Buffer.from("1::Cité, La (1995)::Drama|Children's\n2::Bêtes & Café (1996)::Comedy\n", 'latin1');
    expect(await site.import(folderWith({ 'movies.dat': movies, [`${name}.gz`]: gzipSync(text) }, 'ML 1m'))).toMatchObject({
      viewers: 2,
      ratings: 2,
    });
    expect(await films()).toMatchObject([{ title: 'La Cité', genres: 'Drama|Children' }, { title: 'Bêtes & Café' }]);
    expect(await ratings()).toMatchObject([{ handle: 'ml_1m_1' }, { handle: 'ml_1m_2' }]);
  });

  test('films without ratings', async () => {
    expect(await site.import(folderWith({ 'movies.csv': csv['movies.csv']! }))).toMatchObject({ films: { added: 3 }, ratings: 0 });
  });
});

describe('metadata', () => {
  test('adds plot, people, running time and keywords', async () => {
    expect(await site.import(folderWith(csv), fileWith(jsonl(facts), 'more.jsonl'))).toMatchObject({ facts: 1 });
    expect((await films())[0]).toMatchObject({ imdb: 114709, plot: 'Toys.', runtime: 81, people: 'Ann One|Bob Two|Dee Three', keywords: 'toy' });
    expect((await films())[1]).toMatchObject({ plot: '', runtime: null, people: null });
  });

  test('leaves what is known as it is', async () => {
    await site.import(folderWith(csv));
    await site.client.query(`update film set plot = 'Mended by an operator', title = 'Toy Story 1' where movielens_id = 1`);
    await site.import(folderWith(csv), fileWith(jsonl(facts), 'more.jsonl'));
    expect((await films())[0]).toMatchObject({
      title: 'Toy Story 1',
      plot: 'Mended by an operator',
      runtime: 81,
      people: 'Ann One|Bob Two|Dee Three',
    });
  });

  test('of unknown films, and lines that are no films, are reported', async () => {
    const lines = `${jsonl(facts)}\nnot json\n{"movieId": "2"}\n{"movieId":99,"title":"Nowhere (2000)"}\n`;
    await site.import(folderWith(csv), fileWith(lines, 'more.jsonl'));
    expect(site.report.rows.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(site.report.summary()).toContain('1 × more.jsonl: there is no such film');
    expect(await films()).toHaveLength(3);
  });
});

describe('on a site with films and viewers', () => {
  test('films without MovieLens ids are the same ones, and keep their facts', async () => {
    const sequelize = connect(site.url, 1);
    await upsertFilms(sqlOver(sequelize), [
      { title: 'The Matrix', year: 1999, plot: 'Our own words', genres: ['Science Fiction'], cast: [{ name: 'Keanu Reeves', role: 'Neo' }] },
    ]);
    await sequelize.close();
    const [{ id } = { id: 0 }] = await site.rows<{ id: number }>('select id from film');
    expect(await site.import(folderWith(csv))).toMatchObject({ films: { added: 2 } });
    expect(await site.rows('select movielens_id, title, plot, rating_count from film where id = $1', [id])).toEqual([
      { movielens_id: 2, title: 'The Matrix', plot: 'Our own words', rating_count: 2 },
    ]);
    expect((await films())[0]).toMatchObject({ genres: 'Science Fiction', people: 'Keanu Reeves' });
  });

  test('nobody can sign in as an imported viewer', async () => {
    await site.import(folderWith(csv));
    const accounts = await site.rows<{ password_hash: string }>('select password_hash, role, simulated from account');
    expect(accounts).toHaveLength(2);
    for (const account of accounts)
      expect(account).toMatchObject({ role: 'viewer', simulated: false, password_hash: expect.stringMatching(/^\$argon2id\$/) as string });
  });

  test('ratings never go to somebody who has the handle already', async () => {
    await site.client.query(
      `insert into account (email, handle, name, password_hash, created_at) values ('me@example.org', 'small_1', 'Me', 'x', $1)`,
      [now],
    );
    expect(await site.import(folderWith(csv))).toMatchObject({ viewers: 1, ratings: 1 });
    expect(site.report.summary()).toEqual(['2 × ratings.csv: the handle for this viewer belongs to somebody else']);
    expect(await ratings()).toMatchObject([{ handle: 'small_5' }]);
  });

  test('running processes are told', async () => {
    const heard: (string | undefined)[] = [];
    site.client.on('notification', ({ payload }) => heard.push(payload));
    await site.client.query('listen marquee');
    await site.import(folderWith(csv));
    await site.client.query('select 1');
    expect(heard).toEqual(['catalogue ']);
  });

  test('of two imports at once the second is refused', async () => {
    await site.client.query(`begin; select pg_advisory_xact_lock(hashtext('import'))`);
    await expect(site.import(folderWith(csv))).rejects.toMatchObject({ status: 409 });
    await site.client.query('rollback');
  });
});
