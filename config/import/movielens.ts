import { badRequest } from '../../core/errors.ts';
import { cleanText } from '../../core/http/form.ts';
import type { FilmRecord } from '../../plugins/catalogue/store.ts';
import type { Report } from './report.ts';
import { csvRows, datRows, type Row } from './rows.ts';
import type { Progress, SourceFile } from './source.ts';
import { parseTitle } from './titles.ts';

export interface NamedFilm extends FilmRecord {
  readonly movielensId: number;
  /** every name it goes by, to find it among the films of the site */
  readonly names: readonly string[];
}
export interface RatingRow {
  readonly line: number;
  readonly user: number;
  readonly movie: number;
  readonly stars: number;
  /** seconds since 1970; undefined where the file has no times */
  readonly at: number | undefined;
}
/** One file and what its rows say; rows that say nothing go into the report. */
export interface Part<T> {
  readonly name: string;
  readonly size: number;
  rows(report: Report, progress: Progress): AsyncGenerator<T>;
}
export interface DataSet {
  readonly films: Part<NamedFilm>;
  readonly ratings: Part<RatingRow> | undefined;
}

/** MovieLens as it is published: .csv since 2014, .dat before. */
export function movielens(files: ReadonlyMap<string, SourceFile>): DataSet {
  const csv = files.get('movies.csv'),
    movies = csv ?? files.get('movies.dat');
  if (!movies) throw badRequest('Neither movies.csv nor movies.dat is there: give a MovieLens folder or zip.');
  const ratings = csv ? files.get('ratings.csv') : (files.get('ratings.dat') ?? files.get('ratings_no_timestamp.dat'));
  const rowsOf = csv ? csvRows : datRows;
  const part = <T>(file: SourceFile, columns: readonly string[], read: (row: Row, refuse: Refuse) => T | undefined): Part<T> => ({
    ...file,
    async *rows(report, progress) {
      for await (const row of rowsOf({ name: file.name, columns, least: 3 }, file.read(progress))) {
        const found = read(row, (reason) => report.refuse(file.name, row.line, reason));
        if (found) yield found;
      }
    },
  });
  return {
    films: part(movies, ['movieId', 'title', 'genres'], filmOf),
    ratings: ratings && part(ratings, ['userId', 'movieId', 'rating', 'timestamp'], ratingOf),
  };
}
type Refuse = (reason: string) => void;

function filmOf({ fields: [id, text = '', list = ''] }: Row, refuse: Refuse): NamedFilm | undefined {
  const movielensId = idOf(id),
    title = parseTitle(text);
  if (movielensId === undefined) return void refuse('the film has no valid id');
  if (title.title === '' || title.title.length > 300) return void refuse('the film has no title of 1 to 300 characters');
  const genres = list
    .split('|')
    .map(genreOf)
    .filter((genre) => genre !== '' && genre.length <= 60);
  return { movielensId, ...title, ...(genres.length > 0 ? { genres } : {}) };
}

function genreOf(text: string): string {
  const genre = cleanText(text);
  if (genre === '(no genres listed)') return '';
  return genre === "Children's" ? 'Children' : genre;
}

function ratingOf({ line, fields: [viewer, film, rating, time] }: Row, refuse: Refuse): RatingRow | undefined {
  const user = idOf(viewer),
    movie = idOf(film),
    stars = Number(rating);
  if (user === undefined || movie === undefined) return void refuse('the rating names no viewer or no film');
  if (!(stars >= 0.5 && stars <= 5 && Number.isInteger(stars * 2))) return void refuse('the rating is not ½ to 5 stars in half steps');
  const at = time ? Number(time) : undefined;
  if (at !== undefined && !(at > 0 && at < Date.now() / 1000 + 86_400))
    return void refuse('the rating is dated in the future, or its time is no time');
  return { line, user, movie, stars, at };
}

function idOf(text = ''): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= 2_147_483_647 ? id : undefined;
}
