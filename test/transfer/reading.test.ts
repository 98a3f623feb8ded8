import { factsOf, sourceOf } from '../../plugins/transfer/facts.ts';
import { rowsOf } from '../../plugins/transfer/table.ts';
import { textOf } from '../../plugins/transfer/text.ts';

const now = new Date('2026-06-01T12:00:00Z');
const read = (csv: string | Buffer, saved = false) => {
  const rows = rowsOf(textOf(Buffer.from(csv)));
  const source = sourceOf(new Set(rows[0]!.cells.keys()))!;
  return rows.map((row) => ({ line: row.line, source, ...factsOf(source, row, saved, now) }));
};
const sayOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { fields: Record<string, string> }).fields['file']!;
  }
  throw new Error('it was taken');
};

describe('the files of three sites', () => {
  test('Letterboxd: ratings, diary and reviews', () => {
    expect(read('Date,Name,Year,Letterboxd URI,Rating\n2024-03-02,Heat,1995,https://boxd.it/1,4.5\n')).toEqual([
      { line: 2, source: 'letterboxd', facts: { title: 'Heat', year: 1995, imdb: null, at: '2024-03-02T12:00:00.000Z', stars: 4.5, watched: true } },
    ]);
    const [diary] = read(
      'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n2024-03-03,Heat,1995,x,,Yes,"<b>Long</b>,<br>""slow""",,2024-03-01\n',
    );
    expect(diary!.facts).toMatchObject({ watchedOn: '2024-03-01', rewatch: true, review: 'Long,\n"slow"' });
  });

  test('Letterboxd: the columns of its import format, with IMDb ids and marks out of ten', () => {
    const [row] = read(
      'LetterboxdURI,tmdbID,imdbID,Title,Year,Directors,Rating,Rating10,WatchedDate,Rewatch,Tags,Review\n,,tt0113277,Heat,1995,Michael Mann,,9,,,,\n',
    );
    expect(row!.facts).toMatchObject({ imdb: 113277, stars: 4.5 });
  });

  test('IMDb: ratings, and what is no film', () => {
    const header =
      'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors';
    const rows = read(
      `${header}\ntt0113277,8,2020-01-31,Heat,Heat,u,Movie,8.3,170,1995,Crime,1,1995-12-15,Michael Mann\ntt0903747,9,2020-01-31,Show,Show,u,TV Series,9,,2008,,1,,\n`,
    );
    expect(rows[0]!.facts).toMatchObject({ imdb: 113277, stars: 4, at: '2020-01-31T12:00:00.000Z' });
    expect(rows[1]!.problem).toBe('This is no film.');
  });

  test('Trakt: history with times', () => {
    const [row] = read('watched_at,type,title,year,trakt_id,imdb_id\n2023-12-31T22:15:00.000Z,movie,Heat,1995,1,tt0113277\n');
    expect(row).toMatchObject({ source: 'trakt', facts: { watchedOn: '2023-12-31', at: '2023-12-31T22:15:00.000Z', imdb: 113277 } });
  });

  test('of nobody known is not guessed at', () => expect(sourceOf(new Set(['a', 'b']))).toBeUndefined());
});

describe('how a file is written down', () => {
  const csv = 'Name,Year,Rating\r\nAmélie,2001,4\r\n';
  const same = [{ line: 2, source: 'letterboxd', facts: { title: 'Amélie', year: 2001, imdb: null, stars: 4, watched: true } }];
  const big = Buffer.from(`\ufeff${csv}`, 'utf16le').swap16();
  test.each<[string, string | Buffer]>([
    ['CRLF', csv],
    ['a byte order mark', `\ufeff${csv}`],
    ['UTF-16, little end first', Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['UTF-16, big end first', big],
    ['semicolons', csv.replaceAll(',', ';')],
    ['tabs', csv.replaceAll(',', '\t')],
    ['carriage returns alone', csv.replaceAll('\r\n', '\r')],
    ['a comma in the mark, between semicolons', 'Name;Year;Rating\nAmélie;2001;4,0\n'],
  ])('%s is read', (_name, bytes) => expect(read(bytes)).toEqual(same));

  test.each<[string, string | Buffer, RegExp]>([
    ['bytes that are no text', Buffer.from([0x4e, 0xff, 0xc3, 0x28]), /no text/],
    ['NUL bytes', 'Name,Year\nA\0,2001\n', /no CSV/],
    ['an unclosed quote', 'Name,Year\n"Heat,1995\nAmélie,2001\n', /never closed/],
    ['an unclosed quote before much else', `Name,Year\n"Heat,1995\n${'x'.repeat(60_000)}\n`, /quote/],
    ['a million columns', `Name,${'a,'.repeat(1_000_000)}Year\nHeat,1995\n`, /more than 100 columns/],
    ['too many rows', `Name,Year\n${'A,2001\n'.repeat(50_001)}`, /more than 50000 rows/],
    ['a header alone', 'Name,Year\n', /no rows/],
    ['nothing', '', /no rows/],
  ])('%s is refused with what to do', (_name, bytes, message) => expect(sayOf(() => read(bytes))).toMatch(message));
});

test.each([
  [',1995,4', 'The line names no film.'],
  ['Heat,1995,11', 'The rating is none that there is.'],
  ['Heat,1995,3.3', 'The rating is none that there is.'],
  ['Heat,1995,-1', 'The rating is none that there is.'],
  ['Heat,1995,NaN', 'The rating is none that there is.'],
  ['Heat,1995,4,2027-01-01', 'The date is wrong or lies in the future.'],
  ['Heat,1995,4,2024-02-30', 'The date is wrong or lies in the future.'],
  ['Heat,1995,4,yesterday', 'The date is wrong or lies in the future.'],
])('the line %s is reported: %s', (line, problem) => {
  expect(read(`Name,Year,Rating,Date\n${line}\n`)[0]!.problem).toBe(problem);
});

test('a rating of 0 stands for none, and marks that turn the reading direction are left out of titles', () => {
  expect(read('Name,Year,Rating\nHe\u202eat,1995,0\n')[0]).toEqual({
    line: 2,
    source: 'letterboxd',
    facts: { title: 'Heat', year: 1995, imdb: null, watched: true },
  });
});
