import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import { idFrom } from '../../../core/http/form.ts';
import { worksOf, type Job, type Work } from '../browse.ts';
import { orders as orderNames, type Order } from '../film-orders.ts';
import type { Parts } from '../parts.ts';
import { choice, pageNumber, pagerOf } from '../query.ts';
import { browsedCards, gridSize } from './browsed.ts';

const jobs = ['all', 'director', 'cast'] as const;

/** `/person/:id?job=&sort=`: what somebody directed and played in, in any order. */
export const personPage = (parts: Parts): Router =>
  Router().get('/person/:id', async (request, response) => {
    const id = idFrom(request.params.id, 'person');
    const person = await parts.sql.one<{ name: string }>('select name from person where id = $1', [id]);
    if (!person) throw notFound('person');
    const works = await worksOf(parts.sql, id),
      job = choice(request, 'job', jobs),
      sort = choice(request, 'sort', orderNames);
    const chosen = works.filter((work) => job === 'all' || work.job === job),
      { ids, page, pages } = parts.orders.page(sort, { page: pageNumber(request), size: gridSize }, having(chosen));
    const cards = await browsedCards(parts, request, 'person', ids);
    await parts.pages.send(
      request,
      response,
      'catalogue/person',
      {
        person,
        total: filmsIn(works).size,
        rated: ratedTogether(parts, works),
        cards: cards.map((card) => ({ ...card, role: roleIn(chosen, card.id) })),
        ...pagerOf(request, page, pages),
        ...tabs(id, works, job, sort),
      },
      { slots: { 'card.actions': ids } },
    );
  });

const filmsIn = (works: readonly Work[]): Set<number> => new Set(works.map(({ film }) => film));

function having(works: readonly Work[]) {
  const films = filmsIn(works);
  return { has: ({ id }: { readonly id: number }) => films.has(id) };
}

function ratedTogether({ orders, index }: Parts, works: readonly Work[]) {
  const { position } = index.current();
  return orders.ratedTogether([...filmsIn(works)].map((film) => position(film)).filter((film) => film !== undefined));
}

/** As whom somebody stands in a film. */
function roleIn(works: readonly Work[], film: number): { readonly directed: boolean; readonly plays: string | null } {
  const own = works.filter((work) => work.film === film);
  return { directed: own.some(({ job }) => job === 'director'), plays: own.find(({ job }) => job === 'cast')?.role ?? null };
}

/** Ways to one job's films, where there are two, and to the orders. */
function tabs(id: number, works: readonly Work[], job: 'all' | Job, sort: Order) {
  const films = (one: Job): number => filmsIn(works.filter((work) => work.job === one)).size;
  const both = films('director') > 0 && films('cast') > 0;
  const counts = { all: filmsIn(works).size, director: films('director'), cast: films('cast') };
  return {
    jobs: both ? jobs.map((one) => ({ name: one, films: counts[one], href: `/person/${id}?job=${one}&sort=${sort}`, current: one === job })) : [],
    sorts: orderNames.map((order) => ({ order, href: `/person/${id}?job=${job}&sort=${order}`, current: order === sort })),
  };
}
