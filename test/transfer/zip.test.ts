import { linesOf } from '../../plugins/transfer/reading.ts';
import { letterboxdExport, zipOf } from './zip.ts';

const now = new Date('2026-06-01T12:00:00Z');
const read = async (bytes: Buffer) => (await linesOf({ name: 'letterboxd.zip', bytes }, 'auto', now)).lines;
const refusal = async (bytes: Buffer): Promise<string> => {
  const error = await read(bytes).then(
    () => undefined,
    (thrown: { fields: Record<string, string> }) => thrown,
  );
  return error?.fields['file'] ?? 'it was taken';
};

test('the zip of Letterboxd is read as one file: ratings count before the diary’s, and folders of other things are left out', async () => {
  const lines = await read(await zipOf(letterboxdExport));
  expect(lines.map(({ line, place, facts: { at: _at, ...facts } }) => [line, place, facts])).toEqual([
    [1, 'ratings.csv:2', { title: 'Heat', year: 1995, imdb: null, stars: 4.5, watched: true }],
    [
      2,
      'reviews.csv:3',
      { title: 'Heat', year: 1995, imdb: null, watchedOn: '2024-01-30', rewatch: true, watched: true, review: 'Slow,\nand good.' },
    ],
    [3, 'diary.csv:2', { title: 'Heat', year: 1995, imdb: null, watchedOn: '2021-03-01', rewatch: false, watched: true }],
    [4, 'diary.csv:3', { title: 'Heat', year: 1995, imdb: null, watchedOn: '2024-01-30', rewatch: true, watched: true }],
    [5, 'watched.csv:2', { title: 'Heat', year: 1995, imdb: null, watched: true }],
    [6, 'watched.csv:3', { title: 'Clerks', year: 1994, imdb: null, watched: true }],
    [7, 'watchlist.csv:2', { title: 'Amelie', year: 2001, imdb: null, watchlist: true }],
  ]);
});

test('all files may lie in one folder, beside what a Mac adds; without a file of ratings the diary’s count', async () => {
  const { 'diary.csv': diary } = letterboxdExport;
  const lines = await read(await zipOf({ 'nora-2024/Diary.csv': diary, '__MACOSX/nora-2024/._Diary.csv': '\0\0', 'nora-2024/.hidden.csv': diary }));
  expect(lines.map(({ place, facts }) => [place, facts.stars])).toEqual([
    ['diary.csv:2', 2],
    ['diary.csv:3', 4.5],
  ]);
});

test('a file that cannot be read is a line that says why, an empty one is none, and the others are taken', async () => {
  const { 'ratings.csv': ratings, 'watchlist.csv': saved } = letterboxdExport;
  const lines = await read(await zipOf({ 'ratings.csv': ratings, 'diary.csv': 'Name,Year\n"Heat,1995\n', 'watchlist.csv': saved.split('\n')[0]! }));
  expect(lines.map(({ place, facts, problem }) => [place, facts.title, problem])).toEqual([
    ['ratings.csv:2', 'Heat', undefined],
    ['diary.csv:1', 'diary.csv', 'A quote is opened in this file and never closed. Export it again, or mend the line.'],
  ]);
});

describe('refused, with what to do', () => {
  const damaged = async (): Promise<Buffer> => {
    const zip = await zipOf({ 'ratings.csv': `Name,Year\n${'Heat,1995\n'.repeat(100)}` });
    // Of the packed bytes, behind the header of 30 and the name.
    zip.fill(0x55, 44, 56);
    return zip;
  };
  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ['a zip without CSV files', () => zipOf({ 'a.txt': 'Name,Year\nHeat,1995\n' }), /no CSV file in this zip/],
    ['CSV files of something else', () => zipOf({ 'a.csv': 'a,b\n1,2\n' }), /none that Letterboxd/],
    ['a bomb', () => zipOf({ 'ratings.csv': Buffer.alloc(31_000_000, 'x') }), /more than 30 MB/],
    ['a bomb of many files', () => zipOf(Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`${n}.csv`, '']))), /too many files/],
    ['what only begins like a zip', async () => Buffer.from('PK\u0003\u0004rest'), /damaged/],
    ['a zip that was cut off', async () => (await zipOf(letterboxdExport)).subarray(0, 500), /damaged/],
    ['changed bytes', damaged, /damaged/],
    [
      'too many rows in all',
      () => zipOf({ 'ratings.csv': `Name,Year\n${'A,2001\n'.repeat(30_000)}`, 'watched.csv': `Name,Year\n${'A,2001\n'.repeat(30_000)}` }),
      /50000 rows/,
    ],
  ])('%s', async (_name, bytes, words) => expect(await refusal(await bytes())).toMatch(words));
});
