import { gzipSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { AppError } from '../../core/errors.ts';
import { fileWith, folderWith, removeFiles, zipOf, type Files } from './files.ts';
import { ImportSite } from './site.ts';

const movies = 'movieId,title,genres\n1,One (1995),Drama\n2,Two (1999),Comedy\n';
const ratings = 'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n';
const good: Files = { 'movies.csv': movies, 'ratings.csv': ratings };
const many = (line: string, n: number): string => line.repeat(n);

let site: ImportSite;
beforeAll(async () => {
  site = await ImportSite.open();
  await site.import(
    folderWith({ 'movies.csv': 'movieId,title,genres\n1,Here already (1990),Drama\n', 'ratings.csv': 'userId,movieId,rating\n3,1,4\n' }),
  );
});
afterAll(async () => {
  await site.close();
  removeFiles();
});

/** The message of an import that must change nothing. */
async function refusal(path: string, metadata?: string): Promise<string> {
  const before = await site.content();
  const error = await site.import(path, metadata).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ status: 400 });
  expect(await site.content()).toEqual(before);
  return (error as AppError).message;
}

describe('a file that is wrong as a whole changes nothing', () => {
  const damaged = gzipSync(ratings + many('2,2,4,964982703\n', 5000));
  test.each<[string, Files, RegExp]>([
    ['no MovieLens', { 'people.csv': 'a,b\n1,2\n' }, /Neither movies.csv nor movies.dat/],
    ['another header', { 'movies.csv': 'id,name\n1,One\n' }, /movies.csv has no column movieId, title, genres/],
    ['semicolons', { 'movies.csv': 'movieId;title;genres\n1;One;Drama\n' }, /first line must be movieId,title,genres/],
    ['an empty file', { 'movies.csv': '' }, /movies.csv holds no film/],
    ['a header alone', { 'movies.csv': 'movieId,title,genres\n' }, /movies.csv holds no film/],
    [
      'a quote that is not closed',
      { ...good, 'movies.csv': `${movies}3,"Three (2001),Drama\n4,Four (2002),Drama\n` },
      /movies.csv, line 4: .*not closed/,
    ],
    ['text behind a quote', { ...good, 'movies.csv': `${movies}3,"Three" (2001),Drama\n` }, /movies.csv, line 4/],
    ['UTF-16', { ...good, 'movies.csv': Buffer.from(`\ufeff${movies}`, 'utf16le') }, /movies.csv holds NUL bytes.*UTF-16/],
    ['a NUL byte', { ...good, 'ratings.csv': `${ratings}1,2,\u00003,964982703\n` }, /ratings.csv holds NUL bytes/],
    ['binary junk', { ...good, 'ratings.csv': Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)) }, /ratings.csv holds NUL bytes/],
    ['one endless line', { ...good, 'movies.csv': `${movies}3,${many('x', 3_000_000)}` }, /movies.csv, line 4: more than a million characters/],
    ['a million columns', { ...good, 'movies.csv': many('a,', 1_000_000) }, /more than a million characters/],
    ['.dat that is none', { 'movies.dat': 'One|1995|Drama\n' }, /movies.dat does not look like MovieLens: its lines must be movieId::title::genres/],
    ['.dat ratings that are none', { 'movies.dat': '1::One (1995)::Drama\n', 'ratings.dat': '1,1,4\n' }, /ratings.dat does not look like MovieLens/],
    [
      'a gz cut off',
      { 'movies.csv': movies, 'ratings.csv.gz': damaged.subarray(0, damaged.length - 20) },
      /ratings.csv.gz cannot be read: unexpected end of file/,
    ],
    [
      'a gz that is none',
      { 'movies.csv': movies, 'ratings.csv.gz': Buffer.from('nothing packed') },
      /ratings.csv.gz cannot be read: incorrect header/,
    ],
    [
      'only ratings that cannot be',
      { 'movies.csv': movies, 'ratings.csv': 'userId,movieId,rating\n1,1,11\n1,2,0\n' },
      /No row of ratings.csv can be imported/,
    ],
    [
      'only ratings of unknown films',
      { 'movies.csv': movies, 'ratings.csv': 'userId,movieId,rating\n1,77,4\n' },
      /No row of ratings.csv can be imported/,
    ],
    [
      'wrong rows without end',
      { 'movies.csv': movies, 'ratings.csv': `userId,movieId,rating\n${many('1,1,99\n', 100_001)}` },
      /100000 rows are wrong/,
    ],
  ])('%s', async (_name, files, message) => {
    expect(await refusal(folderWith(files))).toMatch(message);
  });

  test('paths that lead nowhere', async () => {
    expect(await refusal('/nowhere/at/all')).toMatch(/no file or folder/);
    expect(await refusal(fileWith(movies, 'movies.csv'))).toMatch(/neither a folder nor a .zip/);
    expect(await refusal(folderWith(good), '/nowhere.jsonl')).toMatch(/no file \/nowhere.jsonl/);
  });

  test('zips', async () => {
    const zip = zipOf({ 'ml/movies.csv': movies, 'ml/ratings.csv': ratings });
    expect(await refusal(fileWith('no zip', 'a.zip'))).toMatch(/a.zip cannot be read as a zip/);
    expect(await refusal(fileWith(zip.subarray(0, zip.length - 40), 'a.zip'))).toMatch(/cannot be read as a zip/);
    expect(await refusal(fileWith(zipOf({ 'ml/notes.txt': 'x' }), 'a.zip'))).toMatch(/Neither movies.csv/);
  });

  test('a zip whose content was altered', async () => {
    const zip = zipOf({ 'movies.csv': movies }),
      sum = zip.indexOf('PK\x01\x02') + 16;
    zip.writeUInt32LE((zip.readUInt32LE(sum) ^ 1) >>> 0, sum);
    expect(await refusal(fileWith(zip, 'a.zip'))).toMatch(/movies.csv cannot be read: its checksum is wrong/);
  });

  test('a zip bomb, named and unnamed', async () => {
    const bomb = many('\n', 1 << 20);
    expect(await refusal(fileWith(zipOf({ 'movies.csv': movies + many('x', 30_000_000) }), 'a.zip'))).toMatch(/more than a million characters/);
    const zip = zipOf({ 'movies.csv': movies, 'ratings.csv': ratings + bomb }),
      size = zip.lastIndexOf('PK\x01\x02') + 24;
    zip.writeUInt32LE(100, size);
    expect(await refusal(fileWith(zip, 'a.zip'))).toMatch(/ratings.csv cannot be read: too many bytes/);
  });

  test('metadata', async () => {
    expect(await refusal(folderWith(good), fileWith('movieId,plot\n', 'more.jsonl'))).toMatch(/more.jsonl has no films/);
    expect(await refusal(folderWith(good), fileWith(gzipSync('{"movieId":1,"title":"One"}\n').subarray(0, 20), 'more.jsonl.gz'))).toMatch(
      /more.jsonl.gz cannot be read/,
    );
  });
});

test('rows that are wrong are reported one by one, and the others are imported', async () => {
  const later = String(Math.round(Date.now() / 1000) + 10 * 86_400);
  const folder = folderWith({
    'movies.csv': `${movies}x,No id (1999),Drama\n3,,Drama\n4,${many('long', 100)},Drama\n2147483648,Too large (1999),Drama\n`,
    'ratings.csv': [
      'userId,movieId,rating,timestamp',
      '1,1,11,964982703',
      '1,1,NaN,964982703',
      '1,1,3.3,964982703',
      '1,1,0,964982703',
      '1,1,,964982703',
      `1,1,4,${later}`,
      '1,1,4,yesterday',
      '0,1,4,964982703',
      '1,99,4,964982703',
      '1',
      '2,1,2,964982703',
      '2,1,3,964982704',
      '2,2,5,964982703',
      '',
    ].join('\n'),
  });
  expect(await site.import(folder)).toMatchObject({ films: { added: 1 }, viewers: 1, ratings: 2 });
  const path = site.report.write(folderWith({}), new Date(0)),
    lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(existsSync(path)).toBe(true);
  const film = 'the film has no title of 1 to 300 characters',
    half = 'the rating is not ½ to 5 stars in half steps',
    time = 'the rating is dated in the future, or its time is no time';
  expect(lines).toEqual([
    'file,line,reason',
    'movies.csv,4,"the film has no valid id"',
    `movies.csv,5,"${film}"`,
    `movies.csv,6,"${film}"`,
    'movies.csv,7,"the film has no valid id"',
    ...[2, 3, 4, 5, 6].map((line) => `ratings.csv,${line},"${half}"`),
    ...[7, 8].map((line) => `ratings.csv,${line},"${time}"`),
    'ratings.csv,9,"the rating names no viewer or no film"',
    'ratings.csv,11,"the rating names no viewer or no film"',
    'ratings.csv,10,"there is no such film"',
    'ratings.csv,12,"the same viewer rates the same film again further down"',
  ]);
  expect(
    await site.rows(
      `select stars from rating where unit = (select u.id from unit u join account a on a.id = u.account where a.handle = 'small_2') order by film`,
    ),
  ).toEqual([{ stars: 3 }, { stars: 5 }]);
});
