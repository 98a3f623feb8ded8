import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import { idFrom } from '../../../core/http/form.ts';
import { filmsOf } from '../browse.ts';
import type { Parts } from '../parts.ts';
import { pageNumber, pagerOf } from '../query.ts';
import { browsedCards, gridSize } from './browsed.ts';

/** `/person/:id`: the films that somebody directed or played in. */
export const personPage = (parts: Parts): Router =>
  Router().get('/person/:id', async (request, response) => {
    const id = idFrom(request.params.id, 'person');
    const person = await parts.sql.one<{ name: string }>('select name from person where id = $1', [id]);
    if (!person) throw notFound('person');
    const { ids, total, page, pages } = await filmsOf(parts.sql, id, { page: pageNumber(request), size: gridSize });
    const cards = await browsedCards(parts, request, 'person', ids);
    await parts.pages.send(
      request,
      response,
      'catalogue/person',
      { person, total, cards, ...pagerOf(request, page, pages) },
      { slots: { 'card.actions': ids } },
    );
  });
