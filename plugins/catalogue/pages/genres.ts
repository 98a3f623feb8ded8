import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import { genreFilms, genreTiles, type Order } from '../browse.ts';
import type { Parts } from '../parts.ts';
import { choice, pageNumber, pagerOf } from '../query.ts';
import { browsedCards, gridSize } from './browsed.ts';

const orders: readonly [Order, ...Order[]] = ['popular', 'rating', 'year', 'title'];
const titles: Record<Order, string> = { popular: 'Popular', rating: 'Best rated', year: 'Newest', title: 'A to Z' };

/** `/genres` and `/genre/:slug`. */
export function genrePages(parts: Parts): Router {
  const { sql, pages, index } = parts, router = Router();
  router.get('/genres', async (request, response) => {
    const tiles = await genreTiles(sql);
    await pages.send(request, response, 'catalogue/genres', { tiles: tiles.map((tile) => ({ ...tile, best: index.visible(tile.best) })) });
  });
  router.get('/genre/:slug', async (request, response) => {
    const genre = index.current().genres.find(({ slug }) => slug === request.params.slug);
    if (!genre) throw notFound('genre');
    const sort = choice(request, 'sort', orders);
    const { ids, total, page, pages: count } = await genreFilms(sql, genre.id, sort, { page: pageNumber(request), size: gridSize });
    const cards = await browsedCards(parts, request, 'genre', ids);
    await pages.send(request, response, 'catalogue/genre', {
      genre, total, cards, ...pagerOf(request, page, count),
      sorts: orders.map((order) => ({ title: titles[order], href: `/genre/${genre.slug}?sort=${order}`, current: order === sort })),
    }, { slots: { 'card.actions': ids } });
  });
  return router;
}
