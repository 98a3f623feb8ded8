import { Router, type Request } from 'express';
import { filmsOf, searchFilms, searchPeople, type FoundPerson } from '../browse.ts';
import type { Parts } from '../parts.ts';
import { pageNumber, pagerOf, parameter, typed } from '../query.ts';
import { browsedCards, gridSize } from './browsed.ts';

/** From here on a name is what was meant, see `match_score` in the migration. */
const surely = 0.6;

/** `/search?q=`: films by title and by the people who made them. */
export const searchPage = (parts: Parts): Router =>
  Router().get('/search', async (request, response) => {
    const text = typed(parameter(request, 'q'));
    const { cards, person, ...found } = text === '' ? nothingTyped(parts) : await search(parts, request, text);
    const ids = [...(person?.cards ?? []), ...cards].map(({ id }) => id);
    await parts.pages.send(request, response, 'catalogue/search', { query: text, cards, person, ...found }, { slots: { 'card.actions': ids } });
  });

const nothingTyped = ({ index }: Parts) => ({ genres: index.current().genres, cards: [], person: undefined });

async function search(parts: Parts, request: Request, text: string) {
  const slice = { page: pageNumber(request), size: gridSize };
  const [films, people] = await Promise.all([searchFilms(parts.sql, text, slice), searchPeople(parts.sql, text, 5)]);
  const meant = films.page === 1 ? people.find(({ score }) => score >= surely) : undefined;
  const person = meant && (await rowOf(parts, request, meant));
  const listed = new Set(person?.cards.map(({ id }) => id));
  return {
    person,
    people: people.filter((other) => other !== meant),
    total: films.total,
    cards: await browsedCards(
      parts,
      request,
      'search',
      films.ids.filter((id) => !listed.has(id)),
    ),
    nothing: films.total === 0 && people.length === 0,
    ...pagerOf(request, films.page, films.pages),
  };
}

async function rowOf(parts: Parts, request: Request, { id, name }: FoundPerson) {
  const { ids } = await filmsOf(parts.sql, id, { page: 1, size: 24 });
  return { id: 'person', heading: name, href: `/person/${id}`, cards: await browsedCards(parts, request, 'search.person', ids) };
}
