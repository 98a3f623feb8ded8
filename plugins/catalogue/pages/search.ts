import { Router, type Request } from 'express';
import { meantPeople, surely, searchKeywords, searchPeople, worksOf, type FoundPerson } from '../browse.ts';
import { orders as orderNames, type FilmPage, type Order } from '../film-orders.ts';
import { choicesOf, filtersOf, type Narrowed } from '../filters.ts';
import type { Parts } from '../parts.ts';
import { choice, pageNumber, pagerOf, parameter, typed } from '../query.ts';
import { searchFilms } from '../search.ts';
import { ofFilters } from '../selections.ts';
import { browsedCards, gridSize } from './browsed.ts';

/** `/search?q=`: films by title, the people who made them, genres and keywords; without a text, all films that fit the filters. */
export const searchPage = (parts: Parts): Router =>
  Router().get('/search', async (request, response) => {
    const text = typed(parameter(request, 'q')),
      filters = await filtersOf(parts, request);
    const found = text === '' ? await browse(parts, request, filters) : await search(parts, request, text, filters);
    const ids = [...(found.person?.cards ?? []), ...found.cards].map(({ id }) => id);
    await parts.pages.send(
      request,
      response,
      'catalogue/search',
      { query: text, ...found, filters: { ...filters.form, count: filters.count }, choices: choicesOf(filters, parts.index.current().genres) },
      { slots: { 'card.actions': ids } },
    );
  });

/** All films that fit, in the order asked for; before anything is asked for, only where to begin. */
async function browse(parts: Parts, request: Request, filters: Narrowed) {
  const { orders, index } = parts,
    sort = choice(request, 'sort', orderNames);
  if (filters.count === 0 && parameter(request, 'sort') === undefined)
    return { start: true, genres: index.current().genres, cards: [], person: undefined, sorts: sortsOf(sort) };
  const page = orders.page(sort, { page: pageNumber(request), size: gridSize }, ofFilters(filters));
  return {
    ...(await listed(parts, request, page, [])),
    person: undefined,
    sorts: sortsOf(sort),
    nothing: page.total === 0,
  };
}

const sortsOf = (sort: Order) => orderNames.map((order) => ({ order, current: order === sort }));

async function search(parts: Parts, request: Request, text: string, filters: Narrowed) {
  const { sql } = parts;
  const [films, found, keywords] = await Promise.all([
    searchFilms(parts, text, { page: pageNumber(request), size: gridSize }, filters),
    searchPeople(sql, text, 5),
    searchKeywords(sql, text, 5),
  ]);
  const people = meantPeople(found, text, parts.index.visible(films.ids)[0]?.title);
  const themes = [...genresLike(parts, text), ...keywords.map(({ slug, ...keyword }) => ({ ...keyword, href: `/keyword/${slug}` }))];
  const meant = films.page === 1 && filters.count === 0 ? people.find(({ score }) => score >= surely) : undefined;
  const person = meant && (await rowOf(parts, request, meant));
  return {
    person,
    people: people.filter((other) => other !== meant),
    themes,
    alike: films.alike,
    ...(await listed(
      parts,
      request,
      films,
      person?.cards.map(({ id }) => id),
    )),
    nothing: films.total === 0 && (filters.count > 0 || (people.length === 0 && themes.length === 0)),
  };
}

const genresLike = ({ index }: Parts, text: string) =>
  index
    .current()
    .genres.filter(({ name }) => name.toLowerCase().startsWith(text.toLowerCase()))
    .map(({ name, slug, films }) => ({ name, films, href: `/genre/${slug}` }));

/** The cards of a page of films, without those that stand above it. */
async function listed(parts: Parts, request: Request, { ids, total, page, pages }: FilmPage, above: readonly number[] = []) {
  const cards = await browsedCards(
    parts,
    request,
    'search',
    ids.filter((id) => !above.includes(id)),
  );
  return { total, cards, ...pagerOf(request, page, pages) };
}

async function rowOf(parts: Parts, request: Request, { id, name }: FoundPerson) {
  const films = new Set((await worksOf(parts.sql, id)).map(({ film }) => film)),
    ids = parts.orders.best({ has: (film) => films.has(film.id) }, 24);
  return { id: 'person', heading: name, href: `/person/${id}`, cards: await browsedCards(parts, request, 'search.person', ids) };
}
