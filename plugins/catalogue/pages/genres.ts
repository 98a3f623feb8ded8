import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import type { Order } from '../film-orders.ts';
import type { KnownGenre } from '../load.ts';
import type { Parts } from '../parts.ts';
import { choice, pageNumber, pagerOf } from '../query.ts';
import { browsedCards, gridSize } from './browsed.ts';

const choices: readonly [Order, ...Order[]] = ['popular', 'rating', 'year', 'title'];
const titles: Record<Order, string> = { popular: 'Popular', rating: 'Best rated', year: 'Newest', title: 'A to Z' };

/** `/genres` and `/genre/:slug`. */
export function genrePages(parts: Parts): Router {
  const { pages, index, orders } = parts,
    router = Router();
  router.get('/genres', async (request, response) => {
    const { genres } = index.current(),
      faces = facesOf(genres, new Map(genres.map(({ id, name }) => [id, orders.best(name, 12)])));
    await pages.send(request, response, 'catalogue/genres', { tiles: genres.map((genre, i) => ({ ...genre, faces: index.visible(faces[i]!) })) });
  });
  router.get('/genre/:slug', async (request, response) => {
    const genre = index.current().genres.find(({ slug }) => slug === request.params.slug);
    if (!genre) throw notFound('genre');
    const sort = choice(request, 'sort', choices);
    const { ids, total, page, pages: count } = orders.page(sort, { page: pageNumber(request), size: gridSize }, genre.name);
    const cards = await browsedCards(parts, request, 'genre', ids);
    await pages.send(
      request,
      response,
      'catalogue/genre',
      {
        genre,
        total,
        cards,
        ...pagerOf(request, page, count),
        sorts: choices.map((order) => ({ title: titles[order], href: `/genre/${genre.slug}?sort=${order}`, current: order === sort })),
      },
      { slots: { 'card.actions': ids } },
    );
  });
  return router;
}

/** Three well-known films for each genre; a film stands for one genre only, as long as there are others. */
export function facesOf(genres: readonly Pick<KnownGenre, 'id'>[], best: ReadonlyMap<number, readonly number[]>): number[][] {
  const taken = new Set<number>();
  return genres.map(({ id }) => {
    const films = best.get(id) ?? [];
    const faces = [...films.filter((film) => !taken.has(film)), ...films.filter((film) => taken.has(film))].slice(0, 3);
    for (const film of faces) taken.add(film);
    return faces;
  });
}
