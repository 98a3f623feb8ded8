import type { FilmsService, FilmSummary } from './api.ts';
import { cardsOf } from './lists.ts';
import type { Parts } from './parts.ts';
import { typed } from './query.ts';
import { searchFilms } from './search.ts';

/** What other plugins may ask about films. */
export const filmsOver = ({ index, ...parts }: Pick<Parts, 'sql' | 'index' | 'orders'>): FilmsService => ({
  async cards(ids) {
    const cards = new Map<number, FilmSummary>();
    for (const id of ids) {
      const film = index.film(id);
      if (film) cards.set(id, film);
    }
    return cards;
  },
  exists: (id) => index.film(id)?.hidden === false,
  search: async (text, limit) => index.visible((await searchFilms({ index, ...parts }, typed(text), { page: 1, size: limit })).ids),
  served: (list) => cardsOf(list, index),
});
