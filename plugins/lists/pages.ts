import { Router, type Request } from 'express';
import { badRequest } from '../../core/errors.ts';
import { idFrom } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import { Moderation } from '../moderation/api.ts';
import { readerOf, shown, sightOf, visibleList, type Parts } from './parts.ts';
import { showEdit, showNew } from './shown-forms.ts';
import { itemsOf, listsOf, orders, publicLists, type Order } from './store.ts';

const pageSize = 24,
  filmsOnPage = 60;

/** The pages that show lists. */
export function listPages(parts: Parts): Router {
  const { sql, pages, films } = parts,
    router = Router();
  router.get('/lists', async (request, response) => {
    const order = orderOf(request),
      page = pageOf(request),
      found = await publicLists(sql, readerOf(request), sightOf(parts), order, { limit: pageSize + 1, offset: (page - 1) * pageSize });
    const at = (n: number): string => `/lists?sort=${order}&page=${n}`;
    await pages.send(
      request,
      response,
      'lists/all',
      {
        lists: await shown(parts, found.slice(0, pageSize)),
        newest: order === 'newest',
        previous: page > 1 ? at(page - 1) : undefined,
        next: found.length > pageSize ? at(page + 1) : undefined,
      },
      { slots: { 'browse.tabs': [0] } },
    );
  });
  router.get('/lists/mine', async (request, response) => {
    const { id } = signedIn(request),
      own = await listsOf(sql, id, sightOf(parts), id);
    await pages.send(request, response, 'lists/mine', { lists: await shown(parts, own) }, { slots: { 'own.tabs': [0] } });
  });
  router.get('/lists/new', (request, response) => showNew(parts, request, response, request.query['film']));
  router.get('/list/:id', async (request, response) => {
    const list = await visibleList(parts, request, idFrom(request.params.id, 'list')),
      page = pageOf(request),
      items = await itemsOf(sql, list.id, { limit: filmsOnPage, offset: (page - 1) * filmsOnPage });
    const cards = await films.cards(items.map(({ film }) => film)),
      last = Math.max(1, Math.ceil(list.films / filmsOnPage)),
      at = (n: number): string | undefined => (n >= 1 && n <= last ? `/list/${list.id}?page=${n}` : undefined);
    const [head] = await shown(parts, [list]);
    await pages.send(
      request,
      response,
      'lists/list',
      {
        list: head,
        own: list.account === readerOf(request),
        reportable: parts.find(Moderation) !== undefined,
        cards: items.flatMap(({ film, note }) => {
          const card = cards.get(film);
          return card ? [{ ...card, note: note || undefined }] : [];
        }),
        page,
        pages: last,
        previous: at(page - 1),
        next: at(page + 1),
      },
      { slots: { 'card.actions': items.map(({ film }) => film) } },
    );
  });
  router.get('/list/:id/edit', (request, response) => showEdit(parts, request, response, idFrom(request.params.id, 'list')));
  return router;
}

function orderOf({ query: { sort = 'popular' } }: Request): Order {
  if (typeof sort !== 'string' || !Object.hasOwn(orders, sort)) throw badRequest(`"sort" can be ${Object.keys(orders).join(', ')}.`);
  return sort as Order;
}

function pageOf({ query: { page = '1' } }: Request): number {
  if (typeof page !== 'string' || !/^[1-9]\d{0,5}$/.test(page)) throw badRequest('"page" is a whole number from 1 on.');
  return Number(page);
}
