import type { FilmFacts } from '../../recommend/algorithm.ts';
import type { FilmRecord } from '../../plugins/catalogue/store.ts';
import { metadata, type Facts } from '../import/metadata.ts';
import type { Part } from '../import/movielens.ts';
import type { Report } from '../import/report.ts';
import { plainFile } from '../import/source.ts';

const ignored = (): void => {};

/** The films of a data set by their MovieLens ids, with what the metadata adds, as a site has them after an import. */
export async function readFacts(films: Part<Facts>, more: string | undefined, report: Report): Promise<Map<number, FilmFacts>> {
  const facts = new Map<number, FilmFacts>();
  for await (const film of films.rows(report, ignored)) facts.set(film.movielensId, factsOf(film.movielensId, film));
  if (more === undefined) return facts;
  for await (const film of metadata(plainFile(more)).rows(report, ignored)) {
    const known = facts.get(film.movielensId);
    if (known) facts.set(film.movielensId, { ...factsOf(known.id, film), title: known.title, year: known.year, genres: known.genres });
  }
  return facts;
}

const factsOf = (id: number, { title, year, genres = [], keywords = [], directors = [], cast = [], plot = '' }: FilmRecord): FilmFacts => ({
  id,
  title,
  year,
  genres,
  keywords,
  directors,
  cast: cast.map(({ name }) => name),
  plot,
});

/** A film of which nothing is known. */
export const unknownFilm = (id: number): FilmFacts => factsOf(id, { title: `Film ${id}`, year: null });
