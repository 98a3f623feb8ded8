import { badRequest } from '../../core/errors.ts';
import { cleanText } from '../../core/http/form.ts';
import type { FilmRecord } from '../../plugins/catalogue/store.ts';
import type { Report } from './report.ts';
import { csvRows, datRows, type Row } from './rows.ts';
import type { SourceFile } from './source.ts';

export interface RatingRow { readonly user: number; readonly movie: number; readonly stars: number; /** seconds since 1970; undefined where the file has no times */ readonly at: number | undefined }
export interface DataSet {
  /** bytes of all files that will be read */
  readonly size: number;
  films(report: Report, progress: (bytes: number) => void): AsyncGenerator<FilmRecord>;
  ratings(report: Report, progress: (bytes: number) => void): AsyncGenerator<RatingRow>;
}
type Files = ReadonlyMap<string, SourceFile>;
type Rows = (progress: (bytes: number) => void) => Promise<AsyncGenerator<Row>>;

/** MovieLens as it is published: .csv since 2014, .dat before. */
export function movielens(files: Files): DataSet {
  const csv = files.get('movies.csv'), dat = files.get('movies.dat');
  const ratings = csv ? files.get('ratings.csv') : files.get('ratings.dat') ?? files.get('ratings_no_timestamp.dat');
  const movies = csv ?? dat;
  if (!movies) throw badRequest('Neither movies.csv nor movies.dat is there: give a MovieLens folder or zip.');
  const films: Rows = async (progress) => csv ? csvRows(csv.name, await csv.open(progress), ['movieId', 'title', 'genres']) : datRows(movies.name, await movies.open(progress), ['movieId', 'title', 'genres'], 3);
  const stars: Rows = async (progress) => {
    const stream = await ratings!.open(progress);
    return csv ? csvRows(ratings!.name, stream, ['userId', 'movieId', 'rating']) : datRows(ratings!.name, stream, ['userId', 'movieId', 'rating', 'timestamp'], 3);
  };
  return {
    size: movies.size + (ratings?.size ?? 0),
    async *films(report, progress) { for await (const row of await films(progress)) { const film = filmOf(row, report, movies.name); if (film) yield film; } },
    async *ratings(report, progress) { if (ratings) for await (const row of await stars(progress)) { const rating = ratingOf(row, report, ratings.name); if (rating) yield rating; } },
  };
}

function filmOf({ line, fields }: Row, report: Report, file: string): FilmRecord | undefined {
  const movielensId = idOf(fields['movieId']), { title, year } = titleOf(fields['title'] ?? '');
  if (movielensId === undefined) return void report.refuse(file, line, 'the film has no id');
  if (title === '' || title.length > 300) return void report.refuse(file, line, 'the film has no title of 1 to 300 characters');
  const genres = (fields['genres'] ?? '').split('|').map((genre) => cleanText(genre)).filter((genre) => genre !== '' && !genre.startsWith('('));
  return { movielensId, title, year, genres: genres.map((genre) => (genre === "Children's" ? 'Children' : genre)) };
}

function ratingOf({ line, fields }: Row, report: Report, file: string): RatingRow | undefined {
  const user = idOf(fields['userId']), movie = idOf(fields['movieId']), stars = Number(fields['rating']), typed = fields['timestamp'];
  if (user === undefined || movie === undefined) return void report.refuse(file, line, 'the rating names no viewer or film');
  if (!(stars >= 0.5 && stars <= 5 && Number.isInteger(stars * 2))) return void report.refuse(file, line, 'the rating is not ½ to 5 stars in half steps');
  const at = typed ? Number(typed) : undefined;
  if (at !== undefined && !(at > 0 && at < Date.now() / 1000 + 86_400)) return void report.refuse(file, line, 'the rating is dated in the future or has no valid time');
  return { user, movie, stars, at };
}

const articles = /^(.*), (The|A|An|La|Le|L'|Les|El|Il|Los|Las|Das|Der|Die|Ein|Eine|Un|Une|De|Het|O|Os|I|Gli|Lo|Den|Det)$/;
/** "Matrix, The (1999)" → The Matrix, 1999; "Cité, La (City, The) (1995)" → La Cité (The City), 1995 */
export function titleOf(text: string): { title: string; year: number | null } {
  const [, bare, year] = /^(.*?)\s*(?:\((\d{4})(?:[-–]\d{0,4})?\))?\s*$/s.exec(cleanText(text).replaceAll(/\s+/g, ' '))!;
  const turn = (name: string): string => name.replace(articles, (_all, rest: string, article: string) => `${article}${article.endsWith("'") ? '' : ' '}${rest}`);
  const [, outer, inner] = /^(.*?)\s*\((.*)\)$/.exec(bare!) ?? [undefined, bare!, undefined];
  return { title: inner === undefined ? turn(outer!) : `${turn(outer!)} (${turn(inner)})`, year: year && Number(year) >= 1870 ? Number(year) : null };
}

function idOf(text: string | undefined): number | undefined {
  const id = /^\d{1,10}$/.test(text ?? '') ? Number(text) : 0;
  return id >= 1 && id <= 2_147_483_647 ? id : undefined;
}
