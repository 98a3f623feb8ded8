import { Router, type Request } from 'express';
import { filmsOf, searchFilms, searchPeople, type FoundPerson } from '../browse.ts';
import type { Parts } from '../parts.ts';
import { pageNumber, pagerOf, parameter, typed } from '../query.ts';
import { browsedCards, gridSize } from './browsed.ts';

/** From here on a name is what was meant, see `match_score` in the migration. */
const surely = 0.6;

/** `/search?q=`: films by title and by the people who made them. */
export const searchPage = (parts: Parts): Router => Router().get('/search', async (request, response) => {
  const text = typed(parameter(request, 'q'));
  const found = text === '' ? { genres: parts.index.current().genres } : await search(parts, request, text);
  const ids = 'cards' in found ? [...found.cards, ...found.personCards].map(({ id }) => id) : [];
  await parts.pages.send(request, response, 'catalogue/search', { query: text, ...found }, { slots: { 'card.actions': ids } });
});

async function search(parts: Parts, request: Request, text: string) {
  const asked = pageNumber(request);
  const [films, people] = await Promise.all([searchFilms(parts.sql, text, { page: asked, size: gridSize }), searchPeople(parts.sql, text, 5)]);
  const meant = people.find(({ score }) => score >= surely);
  const personCards = meant && films.page === 1 ? await filmCardsOf(parts, request, meant) : [];
  const listed = new Set(personCards.map(({ id }) => id));
  const cards = await browsedCards(parts, request, 'search', films.ids.filter((id) => !listed.has(id)));
  return { people, meant, personCards, cards, total: films.total, nothing: films.total === 0 && people.length === 0, ...pagerOf(request, films.page, films.pages) };
}

async function filmCardsOf(parts: Parts, request: Request, person: FoundPerson) {
  const { ids } = await filmsOf(parts.sql, person.id, { page: 1, size: 24 });
  return browsedCards(parts, request, 'search.person', ids);
}
