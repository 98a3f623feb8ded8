import { Router, type Request } from 'express';
import type { Profile } from '../accounts/api.ts';
import { notFound } from '../../core/errors.ts';
import { idFrom } from '../../core/http/form.ts';
import type { Parts } from './parts.ts';
import { shownReviews } from './shown.ts';
import { ofAuthor, ofFilm, type Order } from './store.ts';

const onPage = 20;

/** All reviews of a film, and all of a person. */
export const reviewLists = (parts: Parts): Router =>
  Router()
    .get('/film/:id/reviews', async (request, response) => {
      const id = idFrom(request.params['id'], 'film'),
        film = (await parts.films.cards([id])).get(id);
      if (!film || film.hidden) throw notFound('film');
      const order: Order = request.query['order'] === 'newest' ? 'newest' : 'liked';
      const page = pageOf(request),
        reader = request.account?.id ?? null;
      const found = await ofFilm(parts, reader, id, order, onPage + 1, (page - 1) * onPage);
      const reviews = await shownReviews(parts, found.slice(0, onPage), reader, request.clock);
      await parts.pages.send(request, response, 'reviews/of-film', {
        film,
        reviews,
        order,
        ...ways(page, found.length > onPage, (n) => `/film/${id}/reviews?order=${order}&page=${n}`),
      });
    })
    .get('/people/:handle/reviews', (request, response) =>
      parts.profiles.send(request, response, 'reviews/of-person', (person) => writtenBy(parts, request, person)),
    );

async function writtenBy(parts: Parts, request: Request, person: Profile): Promise<object> {
  const page = pageOf(request),
    reader = request.account?.id ?? null;
  const found = await ofAuthor(parts, reader, person.id, onPage + 1, (page - 1) * onPage);
  return {
    reviews: await shownReviews(parts, found.slice(0, onPage), reader, request.clock),
    ...ways(page, found.length > onPage, (n) => `/people/${person.handle}/reviews?page=${n}`),
  };
}

function pageOf(request: Request): number {
  const typed = request.query['page'];
  return typeof typed === 'string' && /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : 1;
}
const ways = (page: number, more: boolean, address: (page: number) => string) => ({
  previous: page > 1 ? address(page - 1) : undefined,
  next: more ? address(page + 1) : undefined,
  ways: page > 1 || more,
});
