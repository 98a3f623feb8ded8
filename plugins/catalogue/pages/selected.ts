import type { Request, Response } from 'express';
import { orders as orderNames } from '../film-orders.ts';
import type { Parts } from '../parts.ts';
import { choice, pageNumber, pagerOf } from '../query.ts';
import type { Selection } from '../selections.ts';
import { browsedCards, gridSize } from './browsed.ts';

interface Link {
  readonly title: string;
  readonly href: string;
  readonly films?: number;
}
/** A page of films that have something in common. */
export interface Selected {
  readonly heading: string;
  /** ways up, the nearest last */
  readonly above: readonly Link[];
  readonly surface: string;
  readonly some: Selection;
  /** ways to some of them */
  readonly narrower?: readonly Link[];
}

/** The films in the order that the address asks for. */
export async function sendSelected(parts: Parts, request: Request, response: Response, { some, surface, ...words }: Selected): Promise<void> {
  const sort = choice(request, 'sort', orderNames),
    { ids, total, page, pages } = parts.orders.page(sort, { page: pageNumber(request), size: gridSize }, some);
  const cards = await browsedCards(parts, request, surface, ids);
  const [path] = request.originalUrl.split('?');
  await parts.pages.send(
    request,
    response,
    'catalogue/films',
    {
      ...words,
      total,
      cards,
      ...pagerOf(request, page, pages),
      sorts: orderNames.map((order) => ({ order, href: `${path}?sort=${order}`, current: order === sort })),
    },
    { slots: { 'card.actions': ids } },
  );
}
