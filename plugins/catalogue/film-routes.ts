import { z } from 'zod';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import { notFound } from '../../core/errors.ts';
import { filmDetails } from './details.ts';
import type { KnownFilm } from './load.ts';
import type { Parts } from './parts.ts';
import { typed } from './query.ts';
import { searchFilms } from './search.ts';

const Film = z.object({
  id: z.int(),
  title: z.string(),
  year: z.int().nullable(),
  runtime: z.int().nullable().describe('minutes'),
  genres: z.array(z.string()),
  directors: z.array(z.string()),
  poster: z.string().describe('address on this site'),
});
const Person = z.object({ id: z.int(), name: z.string() });
const FilmInFull = Film.extend({
  country: z.string(),
  plot: z.string(),
  ratings: z.int(),
  mean: z.number().nullable().describe('stars, 0.5 to 5'),
  cast: z.array(Person.extend({ role: z.string().nullable() })),
});
const id = z.coerce.number().int().min(1).max(2_147_483_647);
const limit = z.coerce.number().int().min(1).max(100).default(20);

const asFilm = ({ id: film, title, year, runtime, genres, directors, poster }: KnownFilm): z.output<typeof Film> => ({
  id: film,
  title,
  year,
  runtime,
  genres: [...genres],
  directors: [...directors],
  poster,
});

/** Films for programs: the same as viewers see, without hidden ones. */
export const filmRoutes = (parts: Parts): ApiRoute[] => [list(parts), one(parts), similar(parts)];

const list = (parts: Parts): ApiRoute =>
  apiRoute({
    method: 'get',
    path: '/films',
    scope: 'read',
    summary: 'Films by title, typing mistakes forgiven; all films, best known first, without q',
    query: z.object({ q: z.string().max(200).optional(), page: z.coerce.number().int().min(1).max(1_000_000).default(1), limit }),
    response: z.object({ films: z.array(Film), total: z.int(), page: z.int(), pages: z.int() }),
    async handler({ query: { q, page, limit: size } }) {
      const text = typed(q),
        slice = { page, size };
      const { ids, total, page: at, pages } = text === '' ? parts.orders.page('popular', slice) : await searchFilms(parts, text, slice);
      return { films: parts.index.visible(ids).map(asFilm), total, page: at, pages };
    },
  });

const one = ({ sql, index }: Parts): ApiRoute =>
  apiRoute({
    method: 'get',
    path: '/films/{id}',
    scope: 'read',
    summary: 'One film with its cast and ratings',
    params: z.object({ id }),
    response: FilmInFull,
    async handler({ params }) {
      const [film, details] = [index.film(params.id), await filmDetails(sql, params.id)];
      if (!film || !details) throw notFound('film');
      const { credits, keywords: _keywords, ...rest } = details;
      return { ...asFilm(film), ...rest, cast: credits.filter(({ job }) => job === 'cast') };
    },
  });

/** Asked for nobody in particular, so no list is recorded and no experiment decides. */
const similar = ({ index, recommender, blends }: Parts): ApiRoute =>
  apiRoute({
    method: 'get',
    path: '/films/{id}/similar',
    scope: 'read',
    summary: 'Films like this one, the most similar first',
    params: z.object({ id }),
    query: z.object({ limit }),
    response: z.object({ films: z.array(Film) }),
    async handler({ params, query, request }) {
      const position = index.current().position(params.id);
      if (position === undefined || index.film(params.id)?.hidden) throw notFound('film');
      const blend = blends.current()?.spec;
      const session = await recommender.open(0, request.clock, blend ? { blend } : {});
      const { films } = session.similarTo(position, { surface: 'api.similar', size: query.limit });
      return { films: index.visible(films.map(({ film }) => film)).map(asFilm) };
    },
  });
